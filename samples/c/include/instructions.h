// For programs that C cannot express: an instruction by its bytes.
#pragma once

#define INSTRUCTION_TEXT(...) #__VA_ARGS__
#define INSTRUCTION_EXPANDED(...) INSTRUCTION_TEXT(__VA_ARGS__)

// An instruction in the order of its fields, for asm.
#define INSTRUCTION(opcode, destination, source, offset, immediate) \
    ".byte " INSTRUCTION_EXPANDED(opcode) ", (" INSTRUCTION_EXPANDED(source) " << 4) | " INSTRUCTION_EXPANDED(destination) "\n" \
    ".short " INSTRUCTION_EXPANDED(offset) "\n.long " INSTRUCTION_EXPANDED(immediate) "\n"

// A function whose body is asm and nothing else.
#define ONLY_ASM __attribute__((naked))
