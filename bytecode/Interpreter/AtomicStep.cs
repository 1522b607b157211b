namespace KernelSim.Bytecode.Interpreter;

/// <summary>What an atomic instruction does to memory and registers.</summary>
internal static class AtomicStep
{
    public static void Run64(int immediate, ulong address, ref ulong source, ref ulong r0)
    {
        switch ((AtomicOperation)(immediate & ~Opcodes.Fetch))
        {
            case AtomicOperation.CompareExchange:
                r0 = Atomics.CompareExchange64(address, source, r0);
                return;
            case AtomicOperation.Exchange:
                source = Atomics.Exchange64(address, source);
                return;
        }

        ulong old = (AtomicOperation)(immediate & ~Opcodes.Fetch) switch
        {
            AtomicOperation.Add => Atomics.Add64(address, source),
            AtomicOperation.Or => Atomics.Or64(address, source),
            AtomicOperation.And => Atomics.And64(address, source),
            _ => Atomics.Xor64(address, source),
        };
        source = (immediate & Opcodes.Fetch) != 0 ? old : source;
    }

    public static void Run32(int immediate, ulong address, ref ulong source, ref ulong r0)
    {
        uint value = (uint)source;
        switch ((AtomicOperation)(immediate & ~Opcodes.Fetch))
        {
            case AtomicOperation.CompareExchange:
                r0 = Atomics.CompareExchange32(address, value, (uint)r0);
                return;
            case AtomicOperation.Exchange:
                source = Atomics.Exchange32(address, value);
                return;
        }

        uint old = (AtomicOperation)(immediate & ~Opcodes.Fetch) switch
        {
            AtomicOperation.Add => Atomics.Add32(address, value),
            AtomicOperation.Or => Atomics.Or32(address, value),
            AtomicOperation.And => Atomics.And32(address, value),
            _ => Atomics.Xor32(address, value),
        };
        source = (immediate & Opcodes.Fetch) != 0 ? old : source;
    }
}
