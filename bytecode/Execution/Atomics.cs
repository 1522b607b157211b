using System.Numerics;
using System.Runtime.CompilerServices;

namespace KernelSim.Bytecode;

/// <summary>
/// The atomic operations on 64 and on 32 bits, <c>ulong</c> and <c>uint</c>. Each returns the old value; an address is a multiple of the size.
/// </summary>
internal static unsafe class Atomics
{
    public static T Add<T>(ulong address, T value)
        where T : unmanaged, IBinaryInteger<T> => Is64<T>()
        ? T.CreateTruncating(Interlocked.Add(ref At<ulong>(address), ulong.CreateTruncating(value))) - value
        : T.CreateTruncating(Interlocked.Add(ref At<uint>(address), uint.CreateTruncating(value))) - value;

    public static T Or<T>(ulong address, T value)
        where T : unmanaged, IBinaryInteger<T> => Is64<T>()
        ? T.CreateTruncating(Interlocked.Or(ref At<ulong>(address), ulong.CreateTruncating(value)))
        : T.CreateTruncating(Interlocked.Or(ref At<uint>(address), uint.CreateTruncating(value)));

    public static T And<T>(ulong address, T value)
        where T : unmanaged, IBinaryInteger<T> => Is64<T>()
        ? T.CreateTruncating(Interlocked.And(ref At<ulong>(address), ulong.CreateTruncating(value)))
        : T.CreateTruncating(Interlocked.And(ref At<uint>(address), uint.CreateTruncating(value)));

    public static T Xor<T>(ulong address, T value)
        where T : unmanaged, IBinaryInteger<T>
    {
        T old = At<T>(address);
        while (true)
        {
            T seen = CompareExchange(address, old ^ value, old);
            if (seen == old)
            {
                return old;
            }

            old = seen;
        }
    }

    public static T Exchange<T>(ulong address, T value)
        where T : unmanaged, IBinaryInteger<T> => Interlocked.Exchange(ref At<T>(address), value);

    public static T CompareExchange<T>(ulong address, T value, T expected)
        where T : unmanaged, IBinaryInteger<T> => Is64<T>()
        ? Interlocked.CompareExchange(ref At<T>(address), value, expected)
        : T.CreateTruncating(CompareExchange32(address, uint.CreateTruncating(value), uint.CreateTruncating(expected)));

    /// <remarks>
    /// Not to be inlined: the runtime's compiler (10.0) takes <c>lock cmpxchg</c> for an instruction that always clears the upper half of rax, and
    /// then leaves out the extension to 64 bits. A result of a call it extends.
    /// </remarks>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static uint CompareExchange32(ulong address, uint value, uint expected) =>
        Interlocked.CompareExchange(ref At<uint>(address), value, expected);

    private static bool Is64<T>()
        where T : unmanaged => sizeof(T) == sizeof(ulong);

    private static ref T At<T>(ulong address)
        where T : unmanaged => ref Unsafe.AsRef<T>((void*)address);
}
