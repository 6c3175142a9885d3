//go:build ignore

// Writes which types of some packages, of the standard library or of the module in -dir, implement which of their interfaces, as Go's own type checker says:
//
//	interface <name>
//	type <name>
//	implements <interface> <type>
package main

import (
	"bufio"
	"flag"
	"fmt"
	"go/build"
	"go/importer"
	"go/token"
	"go/types"
	"os"
)

func main() {
	dir := flag.String("dir", "", "directory of the module that the packages belong to")
	flag.Parse()
	out := bufio.NewWriter(os.Stdout)
	defer out.Flush()
	build.Default.CgoEnabled = false
	build.Default.Dir = *dir // without it the newest version of the module is read
	load := importer.ForCompiler(token.NewFileSet(), "source", nil).(types.ImporterFrom)
	var interfaces, named []*types.Named
	for _, path := range flag.Args() {
		pkg, err := load.ImportFrom(path, *dir, 0)
		if err != nil {
			panic(err)
		}
		for _, name := range pkg.Scope().Names() {
			declared, ok := pkg.Scope().Lookup(name).(*types.TypeName)
			if !ok || declared.IsAlias() {
				continue
			}
			of := declared.Type().(*types.Named)
			if of.TypeParams().Len() > 0 {
				continue
			}
			asked, isInterface := of.Underlying().(*types.Interface)
			switch {
			case !isInterface:
				named = append(named, of)
				fmt.Fprintf(out, "type %s\n", nameOf(of))
			case asked.IsMethodSet() && asked.NumMethods() > 0:
				interfaces = append(interfaces, of)
				fmt.Fprintf(out, "interface %s\n", nameOf(of))
			}
		}
	}
	for _, asked := range interfaces {
		for _, of := range named {
			if types.Implements(types.NewPointer(of), asked.Underlying().(*types.Interface)) {
				fmt.Fprintf(out, "implements %s %s\n", nameOf(asked), nameOf(of))
			}
		}
	}
}

func nameOf(of *types.Named) string {
	return of.Obj().Pkg().Path() + "." + of.Obj().Name()
}
