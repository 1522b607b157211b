using System.Runtime.InteropServices;

namespace KernelSim.Debugger.Targets;

/// <summary>Reading by declared fields, with every count bounded.</summary>
internal static class TargetReading
{
    /// <summary>The most elements of one list that are looked at: a list that is longer is damaged, or runs in a circle.</summary>
    public const int MostElements = 1 << 20;

    private static readonly KernelField s_items = KernelField.Of<List<object>>("_items");
    private static readonly KernelField s_size = KernelField.Of<List<object>>("_size");

    public static long Integer(this ITargetObject from, KernelField field) => from.ReadInteger(field.Name);

    public static ulong Pointer(this ITargetObject from, KernelField field) => unchecked((ulong)from.ReadInteger(field.Name));

    public static bool Flag(this ITargetObject from, KernelField field) => from.ReadInteger(field.Name) != 0;

    public static string? Text(this ITargetObject from, KernelField field) => from.ReadString(field.Name);

    public static ITargetObject? Object(this ITargetObject from, KernelField field) => from.ReadObject(field.Name);

    /// <summary>The object of a field that is never null in a machine that has booted.</summary>
    public static ITargetObject Required(this ITargetObject from, KernelField field) =>
        from.ReadObject(field.Name) ?? throw IsNull(from, field, "an object");

    public static ITargetObject Struct(this ITargetObject from, KernelField field) => from.ReadStruct(field.Name);

    public static ITargetArray Array(this ITargetObject from, KernelField field) =>
        from.ReadArray(field.Name) ?? throw IsNull(from, field, "an array");

    /// <summary>The objects of an array, without those that are null.</summary>
    public static IEnumerable<ITargetObject> Objects(this ITargetArray array)
    {
        int length = Math.Min(array.Length, MostElements);
        for (int i = 0; i < length; i++)
        {
            if (array.ObjectAt(i) is { } found)
            {
                yield return found;
            }
        }
    }

    /// <summary>The objects of a <see cref="List{T}"/>. One that is being changed may show an object twice or leave one out.</summary>
    public static IEnumerable<ITargetObject> List(this ITargetObject from, KernelField field)
    {
        ITargetObject list = from.Required(field);
        ITargetArray items = list.Array(s_items);
        int count = (int)Math.Clamp(list.Integer(s_size), 0, Math.Min(items.Length, MostElements));
        for (int i = 0; i < count; i++)
        {
            if (items.ObjectAt(i) is { } found)
            {
                yield return found;
            }
        }
    }

    /// <summary>An object and those that follow it in a linked list.</summary>
    public static IEnumerable<ITargetObject> Chain(this ITargetObject? first, KernelField next)
    {
        int count = 0;
        for (ITargetObject? at = first; at is not null; at = at.Object(next))
        {
            if (count++ == MostElements)
            {
                throw new TargetReadException($"the list at 0x{first!.Address:x} has more than {MostElements} elements, expected an end");
            }

            yield return at;
        }
    }

    /// <summary>Reads a structure from native memory of the target; false if it cannot be read.</summary>
    public static bool TryRead<T>(this IDebugTarget target, ulong address, out T value)
        where T : unmanaged
    {
        value = default;
        return target.TryRead(address, MemoryMarshal.AsBytes(MemoryMarshal.CreateSpan(ref value, 1)));
    }

    /// <summary>A structure that is a <see cref="Guid"/>.</summary>
    public static Guid ToGuid(this ITargetObject guid)
    {
        // What the runtime calls the fields of a GUID has never changed: it is serialized by these names.
        byte[] last = [.. "defghijk".Select(letter => (byte)guid.ReadInteger($"_{letter}"))];
        return new Guid((int)guid.ReadInteger("_a"), (short)guid.ReadInteger("_b"), (short)guid.ReadInteger("_c"), last);
    }

    private static TargetReadException IsNull(ITargetObject from, KernelField field, string expected) =>
        new($"{from.TypeName}.{field.Name} at 0x{from.Address:x} is null, expected {expected}");
}
