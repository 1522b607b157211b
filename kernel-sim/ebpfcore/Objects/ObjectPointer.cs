namespace KernelSim.EbpfCore.Objects;

/// <summary>
/// What stands for an object where upstream keeps an <c>ebpf_core_object_t*</c>: 8 bytes that a map's slot or a program's register can
/// hold, which the garbage collector need not know. <see cref="ObjectTable.At"/> makes an object of it again.
/// </summary>
/// <remarks>
/// Ids are never given twice, so a stale pointer points to nothing, even when the place is another object's by now. The id comes first:
/// the first 4 bytes of a slot are what user mode reads. It holds no reference; whoever stores one takes one.
/// </remarks>
/// <param name="Id">The object's id; 0 in a pointer to nothing.</param>
/// <param name="Place">Its place in the table of pointers.</param>
internal readonly record struct ObjectPointer(uint Id, uint Place)
{
    /// <summary>Bytes of a pointer.</summary>
    public const int ByteCount = sizeof(ulong);

    /// <summary>Points to nothing: all zero.</summary>
    public static ObjectPointer None => default;

    /// <summary>The pointer as a number.</summary>
    public ulong Value => Id | ((ulong)Place << 32);

    /// <summary>Whether it points to nothing.</summary>
    public bool IsNone => Id == 0;

    /// <summary>Reads a slot, all of it at once.</summary>
    public static unsafe ObjectPointer Read(byte* slot)
    {
        ulong value = Volatile.Read(ref *(ulong*)slot);
        return new ObjectPointer((uint)value, (uint)(value >> 32));
    }

    /// <summary>Writes a slot, all of it at once.</summary>
    public unsafe void Write(byte* slot) => Volatile.Write(ref *(ulong*)slot, Value);
}
