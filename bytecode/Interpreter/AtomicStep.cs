using System.Numerics;
using System.Runtime.CompilerServices;

namespace KernelSim.Bytecode.Interpreter;

/// <summary>What an atomic instruction does to memory and registers.</summary>
internal static class AtomicStep
{
    /// <param name="immediate">The instruction's operation.</param>
    /// <param name="address">Where, checked.</param>
    /// <param name="source">The source register.</param>
    /// <param name="r0">R0.</param>
    /// <typeparam name="T">As wide as the access: <c>ulong</c> or <c>uint</c>.</typeparam>
    /// <remarks>Not to be inlined: in the interpreter's loop it would take registers from all other instructions, and half of their speed.</remarks>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static void Run<T>(int immediate, ulong address, ref ulong source, ref ulong r0)
        where T : unmanaged, IBinaryInteger<T>
    {
        T value = T.CreateTruncating(source);
        switch ((AtomicOperation)(immediate & ~Opcodes.Fetch))
        {
            case AtomicOperation.CompareExchange:
                r0 = ulong.CreateTruncating(Atomics.CompareExchange(address, value, T.CreateTruncating(r0)));
                return;
            case AtomicOperation.Exchange:
                source = ulong.CreateTruncating(Atomics.Exchange(address, value));
                return;
        }

        T old = (AtomicOperation)(immediate & ~Opcodes.Fetch) switch
        {
            AtomicOperation.Add => Atomics.Add(address, value),
            AtomicOperation.Or => Atomics.Or(address, value),
            AtomicOperation.And => Atomics.And(address, value),
            _ => Atomics.Xor(address, value),
        };
        source = (immediate & Opcodes.Fetch) != 0 ? ulong.CreateTruncating(old) : source;
    }
}
