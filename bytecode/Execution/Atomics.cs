using System.Runtime.CompilerServices;

namespace KernelSim.Bytecode;

/// <summary>The atomic operations on 64 and on 32 bits. Each returns the old value; an address is a multiple of the size.</summary>
internal static unsafe class Atomics
{
    public static ulong Add64(ulong address, ulong value) => Interlocked.Add(ref At64(address), value) - value;

    public static ulong Or64(ulong address, ulong value) => Interlocked.Or(ref At64(address), value);

    public static ulong And64(ulong address, ulong value) => Interlocked.And(ref At64(address), value);

    public static ulong Exchange64(ulong address, ulong value) => Interlocked.Exchange(ref At64(address), value);

    public static ulong CompareExchange64(ulong address, ulong value, ulong expected) =>
        Interlocked.CompareExchange(ref At64(address), value, expected);

    public static ulong Xor64(ulong address, ulong value)
    {
        ulong old = Volatile.Read(ref At64(address));
        while (true)
        {
            ulong seen = CompareExchange64(address, old ^ value, old);
            if (seen == old)
            {
                return old;
            }

            old = seen;
        }
    }

    public static uint Add32(ulong address, uint value) => Interlocked.Add(ref At32(address), value) - value;

    public static uint Or32(ulong address, uint value) => Interlocked.Or(ref At32(address), value);

    public static uint And32(ulong address, uint value) => Interlocked.And(ref At32(address), value);

    public static uint Exchange32(ulong address, uint value) => Interlocked.Exchange(ref At32(address), value);

    /// <remarks>
    /// Not to be inlined: the runtime's compiler (10.0) takes <c>lock cmpxchg</c> for an instruction that always clears the upper half of rax, and
    /// then leaves out the extension to 64 bits. A result of a call it extends.
    /// </remarks>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static uint CompareExchange32(ulong address, uint value, uint expected) =>
        Interlocked.CompareExchange(ref At32(address), value, expected);

    public static uint Xor32(ulong address, uint value)
    {
        uint old = Volatile.Read(ref At32(address));
        while (true)
        {
            uint seen = CompareExchange32(address, old ^ value, old);
            if (seen == old)
            {
                return old;
            }

            old = seen;
        }
    }

    private static ref ulong At64(ulong address) => ref Unsafe.AsRef<ulong>((void*)address);

    private static ref uint At32(ulong address) => ref Unsafe.AsRef<uint>((void*)address);
}
