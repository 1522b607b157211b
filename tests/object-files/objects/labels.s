# Assembly with labels only: no types, no sizes.
        .section "xdp", "ax", @progbits
        .globl pass
pass:
        r0 = 2
        exit
        .globl drop
drop:
        r0 = 1
        r1 = 0x1122334455667788 ll
        exit

        .section "unnamed", "ax", @progbits
        r0 = 0
        exit
