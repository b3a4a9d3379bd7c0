//go:build tools

// Package tools pins the version of conftest that the benchmarks build and compare with.
package tools

import _ "github.com/open-policy-agent/conftest"
