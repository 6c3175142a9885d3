//go:build ignore

// Writes what Go's own type checker says of every expression of some standard packages, one a line:
// file, start and end (byte offsets), kind of expression, type. Types read as print-type.ts writes them.
package main

import (
	"bufio"
	"fmt"
	"go/ast"
	"go/build"
	"go/importer"
	"go/parser"
	"go/token"
	"go/types"
	"os"
	"path/filepath"
	"slices"
	"strings"
)

func main() {
	out := bufio.NewWriter(os.Stdout)
	defer out.Flush()
	build.Default.CgoEnabled = false
	fset := token.NewFileSet()
	load := importer.ForCompiler(fset, "source", nil)
	for _, path := range os.Args[1:] {
		check(out, fset, load, path)
	}
}

func check(out *bufio.Writer, fset *token.FileSet, load types.Importer, path string) {
	root := filepath.Join(build.Default.GOROOT, "src")
	pkg, err := build.Default.ImportDir(filepath.Join(root, path), 0)
	if err != nil {
		panic(err)
	}
	var files []*ast.File
	for _, name := range pkg.GoFiles {
		file, err := parser.ParseFile(fset, filepath.Join(pkg.Dir, name), nil, parser.SkipObjectResolution)
		if err != nil {
			panic(err)
		}
		files = append(files, file)
	}
	info := &types.Info{
		Types:     map[ast.Expr]types.TypeAndValue{},
		Defs:      map[*ast.Ident]types.Object{},
		Uses:      map[*ast.Ident]types.Object{},
		Instances: map[*ast.Ident]types.Instance{},
		Implicits: map[ast.Node]types.Object{},
	}
	config := types.Config{Importer: load, FakeImportC: true, Error: func(error) {}}
	config.Check(path, fset, files, info)
	write := func(node ast.Node, kind string, t types.Type) {
		start, end := fset.Position(node.Pos()), fset.Position(node.End())
		name, _ := filepath.Rel(root, start.Filename)
		fmt.Fprintf(out, "%s\t%d\t%d\t%s\t%s\n", filepath.ToSlash(name), start.Offset, end.Offset, kind, text(t, 12))
	}
	selected := map[*ast.Ident]bool{}
	for _, file := range files {
		ast.Inspect(file, func(node ast.Node) bool {
			if selector, ok := node.(*ast.SelectorExpr); ok {
				selected[selector.Sel] = true
			}
			expression, ok := node.(ast.Expr)
			if name, isName := node.(*ast.Ident); !ok || isName && selected[name] {
				return true
			}
			if name, ok := expression.(*ast.Ident); ok {
				object := info.Defs[name]
				if object == nil {
					object = info.Uses[name]
				}
				_, generic := info.Instances[name]
				if variable, ok := object.(*types.Var); ok && !variable.IsField() {
					write(name, "variable", variable.Type())
				} else if function, ok := object.(*types.Func); ok && function.Signature().Recv() == nil && !generic {
					write(name, "function", function.Type())
				}
				return true
			}
			value, ok := info.Types[expression]
			if !ok || !value.IsValue() && !value.IsVoid() {
				return true
			}
			if call, ok := expression.(*ast.CallExpr); ok && value.IsVoid() {
				write(call, "CallExpr", types.NewTuple())
				return true
			}
			if basic, ok := value.Type.(*types.Basic); ok && basic.Info()&types.IsUntyped != 0 {
				return true
			}
			if name, ok := base(expression).(*ast.Ident); ok {
				if _, generic := info.Instances[name]; generic {
					return true
				}
			}
			t := value.Type
			if pair, ok := t.(*types.Tuple); ok && value.HasOk() {
				t = pair.At(0).Type() // as in v, ok := m[k]: the value is what is asked for
			}
			write(expression, strings.TrimPrefix(fmt.Sprintf("%T", expression), "*ast."), t)
			return true
		})
	}
}

// The name that an expression instantiates, if it is one.
func base(expression ast.Expr) ast.Expr {
	switch e := expression.(type) {
	case *ast.SelectorExpr:
		return e.Sel
	case *ast.IndexExpr:
		return base(e.X)
	case *ast.IndexListExpr:
		return base(e.X)
	}
	return expression
}

func text(t types.Type, depth int) string {
	if depth == 0 {
		return "?"
	}
	inner := func(t types.Type) string { return text(t, depth-1) }
	list := func(of *types.Tuple, variadic bool) string {
		var parts []string
		for i := range of.Len() {
			part := of.At(i).Type()
			if slice, ok := part.(*types.Slice); ok && variadic && i == of.Len()-1 {
				parts = append(parts, "..."+inner(slice.Elem()))
			} else {
				parts = append(parts, inner(part))
			}
		}
		return strings.Join(parts, ", ")
	}
	signature := func(t *types.Signature) string {
		written := "(" + list(t.Params(), t.Variadic()) + ")"
		switch t.Results().Len() {
		case 0:
			return written
		case 1:
			return written + " " + inner(t.Results().At(0).Type())
		}
		return written + " (" + list(t.Results(), false) + ")"
	}
	switch t := types.Unalias(t).(type) {
	case *types.Basic:
		if t.Kind() == types.UnsafePointer {
			return "unsafe.Pointer"
		}
		return types.Typ[t.Kind()].Name()
	case *types.Named:
		name := t.Obj().Name()
		if t.Obj().Pkg() != nil {
			name = t.Obj().Pkg().Path() + "." + name
		}
		if arguments := t.TypeArgs(); arguments.Len() > 0 {
			var parts []string
			for i := range arguments.Len() {
				parts = append(parts, inner(arguments.At(i)))
			}
			name += "[" + strings.Join(parts, ",") + "]"
		}
		return name
	case *types.Pointer:
		return "*" + inner(t.Elem())
	case *types.Slice:
		return "[]" + inner(t.Elem())
	case *types.Array:
		return "[…]" + inner(t.Elem())
	case *types.Map:
		return "map[" + inner(t.Key()) + "]" + inner(t.Elem())
	case *types.Chan:
		return [...]string{"chan ", "chan<- ", "<-chan "}[t.Dir()] + inner(t.Elem())
	case *types.Tuple:
		return "(" + list(t, false) + ")"
	case *types.Signature:
		return "func" + signature(t)
	case *types.Struct:
		var parts []string
		for i := range t.NumFields() {
			if field := t.Field(i); field.Embedded() {
				parts = append(parts, inner(field.Type()))
			} else {
				parts = append(parts, field.Name()+" "+inner(field.Type()))
			}
		}
		return "struct{" + strings.Join(parts, "; ") + "}"
	case *types.Interface:
		if t.Empty() {
			return "any"
		}
		var parts []string
		methods := slices.Collect(t.ExplicitMethods())
		slices.SortFunc(methods, func(a, b *types.Func) int { return int(a.Pos() - b.Pos()) })
		for _, method := range methods {
			parts = append(parts, method.Name()+signature(method.Signature()))
		}
		for i := range t.NumEmbeddeds() {
			parts = append(parts, inner(t.EmbeddedType(i)))
		}
		return "interface{" + strings.Join(parts, "; ") + "}"
	case *types.TypeParam:
		return t.Obj().Name()
	}
	return t.String()
}
