//go:build ignore

// Writes the exported interface of the commonest standard packages as data:
//
//	go run scripts/standard-api.go > src/languages/go/standard-api.ts
//
// A package is lines: "F Name func(…)", "V Name type", "C type: Name Name", "T Name[params] structure", and below a type
// its members, promoted ones included: " Name func(…)" is a method, " .Name type" a field. Names of other packages are
// qualified by import path.
package main

import (
	"fmt"
	"go/importer"
	"go/token"
	"go/types"
	"runtime"
	"slices"
	"sort"
	"strings"
)

var packages = strings.Fields(`
bufio bytes cmp compress/gzip container/heap container/list container/ring context
crypto crypto/rand crypto/sha1 crypto/sha256 crypto/md5 crypto/hmac crypto/tls crypto/x509 database/sql
embed encoding encoding/base64 encoding/binary encoding/csv encoding/gob encoding/hex encoding/json encoding/pem
encoding/xml errors expvar flag fmt hash hash/crc32 hash/fnv html html/template io io/fs io/ioutil iter log log/slog
maps math math/big math/bits math/rand math/rand/v2 mime mime/multipart net net/http net/http/cookiejar
net/http/httptest net/http/httptrace net/http/httputil net/mail net/netip net/rpc net/smtp net/textproto net/url os
os/exec os/signal os/user path path/filepath reflect regexp runtime runtime/debug runtime/pprof runtime/trace slices
sort strconv strings sync sync/atomic testing testing/fstest testing/iotest testing/synctest text/tabwriter
text/template time unicode unicode/utf16 unicode/utf8 unique weak`)

func main() {
	fmt.Println("/**")
	fmt.Printf(" * The exported interface of the commonest standard packages (%s), one text each; only names and types.\n", runtime.Version())
	fmt.Println(" * Written by scripts/standard-api.go, which explains the format; not to be edited.")
	fmt.Println(" */")
	fmt.Println("export const standardApi: Readonly<Record<string, string>> = {")
	load := importer.ForCompiler(token.NewFileSet(), "source", nil)
	for _, path := range packages {
		pkg, err := load.Import(path)
		if err != nil {
			panic(err)
		}
		fmt.Printf("  %q: `%s`,\n", path, describe(pkg))
	}
	fmt.Println("};")
}

func describe(pkg *types.Package) string {
	var lines []string
	constants := map[string][]string{}
	qualify := func(other *types.Package) string {
		if other == pkg {
			return ""
		}
		return other.Path()
	}
	write := func(t types.Type) string { return strings.ReplaceAll(types.TypeString(t, qualify), "interface{}", "any") }
	for _, name := range pkg.Scope().Names() {
		object := pkg.Scope().Lookup(name)
		if !object.Exported() {
			continue
		}
		switch object := object.(type) {
		case *types.Func:
			signature := object.Signature()
			lines = append(lines, "F "+name+parameters(signature.TypeParams(), write)+" "+plain(signature, write))
		case *types.Var:
			lines = append(lines, "V "+name+" "+write(unnamed(object.Type())))
		case *types.Const:
			if pkg.Path() == "syscall" {
				continue
			}
			key := write(object.Type())
			constants[key] = append(constants[key], name)
		case *types.TypeName:
			lines = append(lines, declared(object, write)...)
		}
	}
	keys := make([]string, 0, len(constants))
	for key := range constants {
		keys = append(keys, key)
	}
	sort.Strings(keys)
	for _, key := range keys {
		lines = append(lines, "C "+key+": "+strings.Join(constants[key], " "))
	}
	return strings.Join(lines, "\n")
}

// The signature without names and type parameters.
func plain(signature *types.Signature, write func(types.Type) string) string {
	tuple := func(of *types.Tuple, variadic bool) string {
		var parts []string
		for i := range of.Len() {
			t := of.At(i).Type()
			if slice, ok := t.(*types.Slice); ok && variadic && i == of.Len()-1 {
				parts = append(parts, "..."+write(unnamed(slice.Elem())))
				continue
			}
			parts = append(parts, write(unnamed(t)))
		}
		return strings.Join(parts, ", ")
	}
	text := "func(" + tuple(signature.Params(), signature.Variadic()) + ")"
	switch results := signature.Results(); results.Len() {
	case 0:
		return text
	case 1:
		return text + " " + tuple(results, false)
	default:
		return text + " (" + tuple(results, false) + ")"
	}
}

// Aliases become what they stand for, function types lose the names of their parameters.
func unnamed(t types.Type) types.Type {
	switch t := types.Unalias(t).(type) {
	case *types.Signature:
		strip := func(of *types.Tuple) *types.Tuple {
			var vars []*types.Var
			for i := range of.Len() {
				vars = append(vars, types.NewParam(token.NoPos, nil, "", unnamed(of.At(i).Type())))
			}
			return types.NewTuple(vars...)
		}
		return types.NewSignatureType(nil, nil, nil, strip(t.Params()), strip(t.Results()), t.Variadic())
	case *types.Slice:
		return types.NewSlice(unnamed(t.Elem()))
	case *types.Pointer:
		return types.NewPointer(unnamed(t.Elem()))
	case *types.Map:
		return types.NewMap(unnamed(t.Key()), unnamed(t.Elem()))
	case *types.Chan:
		return types.NewChan(t.Dir(), unnamed(t.Elem()))
	}
	return types.Unalias(t)
}

func parameters(list *types.TypeParamList, write func(types.Type) string) string {
	if list.Len() == 0 {
		return ""
	}
	var names []string
	for i := range list.Len() {
		parameter := list.At(i)
		core := ""
		if constraint, ok := parameter.Constraint().Underlying().(*types.Interface); ok && constraint.NumEmbeddeds() == 1 {
			if union, ok := constraint.EmbeddedType(0).(*types.Union); ok && union.Len() == 1 {
				core = " " + write(union.Term(0).Type())
			}
		}
		names = append(names, parameter.Obj().Name()+core)
	}
	return "[" + strings.Join(names, "; ") + "]"
}

func declared(object *types.TypeName, write func(types.Type) string) []string {
	if object.IsAlias() {
		return []string{"A " + object.Name() + " " + write(types.Unalias(object.Type()))}
	}
	named := object.Type().(*types.Named)
	head := "T " + object.Name() + parameters(named.TypeParams(), write) + " "
	switch structure := named.Underlying().(type) {
	case *types.Struct:
		head += "struct"
	case *types.Interface:
		head += "interface"
	case *types.Signature:
		head += plain(structure, write)
	default:
		head += write(structure)
	}
	var members []string
	add := func(name, text string) { members = append(members, " "+name+" "+text) }
	methods := types.NewMethodSet(types.NewPointer(named))
	if types.IsInterface(named) {
		methods = types.NewMethodSet(named)
	}
	for i := range methods.Len() {
		if method := methods.At(i).Obj(); method.Exported() {
			signature := methods.At(i).Type().(*types.Signature)
			add(method.Name(), plain(signature, write))
		}
	}
	for _, field := range fields(named) {
		found, _, _ := types.LookupFieldOrMethod(named, true, object.Pkg(), field)
		add("."+field, write(unnamed(found.Type())))
	}
	slices.Sort(members)
	return append([]string{head}, members...)
}

// Exported fields, promoted ones included.
func fields(t types.Type) []string {
	found := map[string]bool{}
	var visit func(t types.Type, depth int)
	visit = func(t types.Type, depth int) {
		if pointer, ok := t.Underlying().(*types.Pointer); ok {
			t = pointer.Elem()
		}
		structure, ok := t.Underlying().(*types.Struct)
		if !ok || depth > 4 {
			return
		}
		for i := range structure.NumFields() {
			field := structure.Field(i)
			if field.Exported() {
				found[field.Name()] = true
			}
			if field.Embedded() {
				visit(field.Type(), depth+1)
			}
		}
	}
	visit(t, 0)
	var names []string
	for name := range found {
		if object, _, _ := types.LookupFieldOrMethod(t, true, nil, name); object != nil {
			if _, isField := object.(*types.Var); isField {
				names = append(names, name)
			}
		}
	}
	sort.Strings(names)
	return names
}
