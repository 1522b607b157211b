using System.Runtime.CompilerServices;

namespace KernelSim.Bytecode;

/// <summary>
/// The atomic operations. The operation is an instruction's immediate; its lowest bit says that the old value goes to the source register.
/// </summary>
internal static unsafe class Atomics
{
    public static void Run64(AtomicOperation operation, ulong* address, ref ulong source, ref ulong r0)
    {
        ref ulong place = ref Unsafe.AsRef<ulong>(address);
        ulong value = source;
        switch ((AtomicOperation)((int)operation & ~Opcodes.Fetch))
        {
            case AtomicOperation.CompareExchange:
                r0 = Interlocked.CompareExchange(ref place, value, r0);
                return;
            case AtomicOperation.Exchange:
                source = Interlocked.Exchange(ref place, value);
                return;
            case AtomicOperation.Add:
                value = Interlocked.Add(ref place, value) - value;
                break;
            case AtomicOperation.Or:
                value = Interlocked.Or(ref place, value);
                break;
            case AtomicOperation.And:
                value = Interlocked.And(ref place, value);
                break;
            default:
                value = Xor(ref place, value);
                break;
        }

        source = ((int)operation & Opcodes.Fetch) != 0 ? value : source;
    }

    public static void Run32(AtomicOperation operation, uint* address, ref ulong source, ref ulong r0)
    {
        ref uint place = ref Unsafe.AsRef<uint>(address);
        uint value = (uint)source;
        switch ((AtomicOperation)((int)operation & ~Opcodes.Fetch))
        {
            case AtomicOperation.CompareExchange:
                r0 = Interlocked.CompareExchange(ref place, value, (uint)r0);
                return;
            case AtomicOperation.Exchange:
                source = Interlocked.Exchange(ref place, value);
                return;
            case AtomicOperation.Add:
                value = Interlocked.Add(ref place, value) - value;
                break;
            case AtomicOperation.Or:
                value = Interlocked.Or(ref place, value);
                break;
            case AtomicOperation.And:
                value = Interlocked.And(ref place, value);
                break;
            default:
                value = Xor(ref place, value);
                break;
        }

        source = ((int)operation & Opcodes.Fetch) != 0 ? value : source;
    }

    public static ulong Xor(ref ulong place, ulong value)
    {
        ulong old = Volatile.Read(ref place);
        while (true)
        {
            ulong seen = Interlocked.CompareExchange(ref place, old ^ value, old);
            if (seen == old)
            {
                return old;
            }

            old = seen;
        }
    }

    public static uint Xor(ref uint place, uint value)
    {
        uint old = Volatile.Read(ref place);
        while (true)
        {
            uint seen = Interlocked.CompareExchange(ref place, old ^ value, old);
            if (seen == old)
            {
                return old;
            }

            old = seen;
        }
    }
}
