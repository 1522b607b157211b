namespace KernelSim.EbpfCore.Objects;

/// <summary>
/// Stands for an object where upstream stores an <c>ebpf_core_object_t*</c>: 8 bytes that fit a map's slot or a program's register,
/// and that the garbage collector need not know. <see cref="ObjectTable.At"/> turns it into the object again.
/// </summary>
/// <remarks>
/// Ids are never reused, so a stale pointer points to nothing, even if another object has its place by now. The id comes first:
/// user mode reads the first 4 bytes of a slot. It holds no reference; code that stores one takes one.
/// </remarks>
/// <param name="Id">The object's id; 0 in a null pointer.</param>
/// <param name="Place">Its place in the table of pointers.</param>
internal readonly record struct ObjectPointer(uint Id, uint Place)
{
    /// <summary>Size of a pointer in bytes.</summary>
    public const int ByteCount = sizeof(ulong);

    /// <summary>The null pointer: all zero.</summary>
    public static ObjectPointer None => default;

    /// <summary>The pointer as a number.</summary>
    public ulong Value => Id | ((ulong)Place << 32);

    /// <summary>Whether it is the null pointer.</summary>
    public bool IsNone => Id == 0;

    /// <summary>Reads a slot atomically.</summary>
    public static unsafe ObjectPointer Read(byte* slot)
    {
        ulong value = Volatile.Read(ref *(ulong*)slot);
        return new ObjectPointer((uint)value, (uint)(value >> 32));
    }

    /// <summary>Writes a slot atomically.</summary>
    public unsafe void Write(byte* slot) => Volatile.Write(ref *(ulong*)slot, Value);
}
