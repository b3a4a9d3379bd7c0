//go:build tools

// Package tools pins the Pulumi command line that the engine tests build where none is installed.
package tools

import _ "github.com/pulumi/pulumi-yaml/cmd/pulumi-language-yaml"
