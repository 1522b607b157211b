using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace KernelSim.UserMode.Marshalling;

/// <summary>
/// Copies elements between a message's records and separate keys and values: the library's innermost loops. Common sizes have loops
/// of their own, so that an element costs a few loads and stores; nothing allocates.
/// </summary>
/// <remarks>
/// The spans are checked against the number of records once, before the loop. Inside, references advance by fixed steps; records are not
/// aligned, hence the unaligned reads and writes.
/// </remarks>
internal static class RecordCodec
{
    /// <summary>Splits records into keys and values.</summary>
    public static void Unpack(ReadOnlySpan<byte> records, int keySize, int valueSize, Span<byte> keys, Span<byte> values)
    {
        int count = records.Length / (keySize + valueSize);
        keys = keys[..(count * keySize)];
        values = values[..(count * valueSize)];
        ref byte record = ref MemoryMarshal.GetReference(records);
        ref byte key = ref MemoryMarshal.GetReference(keys);
        ref byte value = ref MemoryMarshal.GetReference(values);
        switch (keySize)
        {
            case sizeof(uint):
                Move<uint, FromRecords>(count, ref record, ref key, ref value, valueSize);
                break;
            case sizeof(ulong):
                Move<ulong, FromRecords>(count, ref record, ref key, ref value, valueSize);
                break;
            default:
                MoveAny<FromRecords>(count, ref record, ref key, ref value, keySize, valueSize);
                break;
        }
    }

    /// <summary>Combines keys and values into records.</summary>
    public static void Pack(ReadOnlySpan<byte> keys, ReadOnlySpan<byte> values, int keySize, int valueSize, Span<byte> records)
    {
        int count = records.Length / (keySize + valueSize);
        keys = keys[..(count * keySize)];
        values = values[..(count * valueSize)];
        ref byte record = ref MemoryMarshal.GetReference(records);
        ref byte key = ref MemoryMarshal.GetReference(keys);
        ref byte value = ref MemoryMarshal.GetReference(values);
        switch (keySize)
        {
            case sizeof(uint):
                Move<uint, ToRecords>(count, ref record, ref key, ref value, valueSize);
                break;
            case sizeof(ulong):
                Move<ulong, ToRecords>(count, ref record, ref key, ref value, valueSize);
                break;
            default:
                MoveAny<ToRecords>(count, ref record, ref key, ref value, keySize, valueSize);
                break;
        }
    }

    /// <summary>Splits records into keys and values, dropping the padding at the end of each CPU's slot.</summary>
    public static void UnpackSlots(
        ReadOnlySpan<byte> records, int keySize, int slotSize, int stride, int slots, Span<byte> keys, Span<byte> values)
    {
        int count = records.Length / (keySize + (stride * slots));
        keys = keys[..(count * keySize)];
        values = values[..(count * slotSize * slots)];
        ref byte record = ref MemoryMarshal.GetReference(records);
        ref byte key = ref MemoryMarshal.GetReference(keys);
        ref byte value = ref MemoryMarshal.GetReference(values);
        for (int i = 0; i < count; i++)
        {
            FromRecords.MoveBlock(ref record, ref key, keySize);
            record = ref Unsafe.Add(ref record, keySize);
            key = ref Unsafe.Add(ref key, keySize);
            for (int slot = 0; slot < slots; slot++)
            {
                if (slotSize == sizeof(uint))
                {
                    FromRecords.Move<uint>(ref record, ref value);
                }
                else
                {
                    FromRecords.MoveBlock(ref record, ref value, slotSize);
                }

                record = ref Unsafe.Add(ref record, stride);
                value = ref Unsafe.Add(ref value, slotSize);
            }
        }
    }

    /// <summary>Combines keys and values into records, with zeros as the padding at the end of each CPU's slot.</summary>
    public static void PackSlots(
        ReadOnlySpan<byte> keys, ReadOnlySpan<byte> values, int keySize, int slotSize, int stride, int slots, Span<byte> records)
    {
        int count = records.Length / (keySize + (stride * slots));
        keys = keys[..(count * keySize)];
        values = values[..(count * slotSize * slots)];
        ref byte record = ref MemoryMarshal.GetReference(records);
        ref byte key = ref MemoryMarshal.GetReference(keys);
        ref byte value = ref MemoryMarshal.GetReference(values);
        for (int i = 0; i < count; i++)
        {
            ToRecords.MoveBlock(ref record, ref key, keySize);
            record = ref Unsafe.Add(ref record, keySize);
            key = ref Unsafe.Add(ref key, keySize);
            for (int slot = 0; slot < slots; slot++)
            {
                if (slotSize == sizeof(uint))
                {
                    Unsafe.WriteUnaligned(ref record, (ulong)Unsafe.ReadUnaligned<uint>(ref value));
                }
                else
                {
                    // A slot's padding is in its last 8 bytes, which the value then overwrites as far as it extends.
                    Unsafe.WriteUnaligned(ref Unsafe.Add(ref record, stride - sizeof(ulong)), 0UL);
                    ToRecords.MoveBlock(ref record, ref value, slotSize);
                }

                record = ref Unsafe.Add(ref record, stride);
                value = ref Unsafe.Add(ref value, slotSize);
            }
        }
    }

    private static void Move<TKey, TDirection>(int count, ref byte record, ref byte key, ref byte value, int valueSize)
        where TKey : unmanaged
        where TDirection : IDirection
    {
        switch (valueSize)
        {
            case 4:
                MoveFixed<TKey, uint, TDirection>(count, ref record, ref key, ref value);
                break;
            case 8:
                MoveFixed<TKey, ulong, TDirection>(count, ref record, ref key, ref value);
                break;
            case 16:
                MoveFixed<TKey, Vector128<byte>, TDirection>(count, ref record, ref key, ref value);
                break;
            case 32:
                MoveFixed<TKey, Vector256<byte>, TDirection>(count, ref record, ref key, ref value);
                break;
            case 64:
                MoveFixed<TKey, Vector512<byte>, TDirection>(count, ref record, ref key, ref value);
                break;
            default:
                MoveAny<TDirection>(count, ref record, ref key, ref value, Unsafe.SizeOf<TKey>(), valueSize);
                break;
        }
    }

    private static void MoveFixed<TKey, TValue, TDirection>(int count, ref byte record, ref byte key, ref byte value)
        where TKey : unmanaged
        where TValue : unmanaged
        where TDirection : IDirection
    {
        for (int i = 0; i < count; i++)
        {
            TDirection.Move<TKey>(ref record, ref key);
            TDirection.Move<TValue>(ref Unsafe.Add(ref record, Unsafe.SizeOf<TKey>()), ref value);
            record = ref Unsafe.Add(ref record, Unsafe.SizeOf<TKey>() + Unsafe.SizeOf<TValue>());
            key = ref Unsafe.Add(ref key, Unsafe.SizeOf<TKey>());
            value = ref Unsafe.Add(ref value, Unsafe.SizeOf<TValue>());
        }
    }

    private static void MoveAny<TDirection>(int count, ref byte record, ref byte key, ref byte value, int keySize, int valueSize)
        where TDirection : IDirection
    {
        for (int i = 0; i < count; i++)
        {
            TDirection.MoveBlock(ref record, ref key, keySize);
            TDirection.MoveBlock(ref Unsafe.Add(ref record, keySize), ref value, valueSize);
            record = ref Unsafe.Add(ref record, keySize + valueSize);
            key = ref Unsafe.Add(ref key, keySize);
            value = ref Unsafe.Add(ref value, valueSize);
        }
    }

    /// <summary>The direction of the copy. Two structs implement it, so that the JIT compiles a loop for each.</summary>
    private interface IDirection
    {
        static abstract void Move<T>(ref byte record, ref byte field)
            where T : unmanaged;

        static abstract void MoveBlock(ref byte record, ref byte field, int length);
    }

    private readonly struct FromRecords : IDirection
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static void Move<T>(ref byte record, ref byte field)
            where T : unmanaged => Unsafe.WriteUnaligned(ref field, Unsafe.ReadUnaligned<T>(ref record));

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static void MoveBlock(ref byte record, ref byte field, int length) =>
            Unsafe.CopyBlockUnaligned(ref field, ref record, (uint)length);
    }

    private readonly struct ToRecords : IDirection
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static void Move<T>(ref byte record, ref byte field)
            where T : unmanaged => Unsafe.WriteUnaligned(ref record, Unsafe.ReadUnaligned<T>(ref field));

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static void MoveBlock(ref byte record, ref byte field, int length) =>
            Unsafe.CopyBlockUnaligned(ref record, ref field, (uint)length);
    }
}
