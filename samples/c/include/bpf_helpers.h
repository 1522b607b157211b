// What a program includes first: section and map declarations, the helpers, and the contexts of the hooks.
#pragma once

#include "bpf_helpers_platform.h"

#include "ebpf_structs.h"

// Places a program, a map or a variable in an ELF section.
#define SEC(NAME) __attribute__((section(NAME)))

// The fields of a map declaration in section .maps. They are read from BTF: a number is the length of an array, a type is what a
// pointer points to.
#define __uint(name, number) int(*name)[number]
#define __type(name, of) typeof(of) *name
#define __array(name, of) typeof(of) *name[]

// The older way to declare a map, in section maps.
#define bpf_map_def _ebpf_map_definition_in_file
#define bpf_map _ebpf_map_definition_in_file

#include "bpf_helper_defs.h"
#include "ebpf_nethooks.h"
