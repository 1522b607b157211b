using KernelSim.ObjectFiles.Btf;
using KernelSim.ObjectFiles.Elf;

namespace KernelSim.ObjectFiles;

/// <summary>The types of an object file: the section <c>.BTF</c>. Every name and every reference in it has been checked.</summary>
public sealed class BtfTypeTable
{
    /// <summary>Typedefs, qualifiers and arrays of arrays are followed this far, so that a type that refers to itself ends.</summary>
    private const int DeepestType = 32;

    private const uint PointerSize = 8;

    private readonly FileBytes _types;
    private readonly int[] _starts;

    internal BtfTypeTable(FileBytes types, int[] starts, StringTable strings)
    {
        _types = types;
        _starts = starts;
        Strings = strings;
    }

    /// <summary>How many types there are, with void.</summary>
    public int Count => _starts.Length;

    internal StringTable Strings { get; }

    /// <summary>The type of a number; void for a number that none has.</summary>
    public BtfType this[int id] =>
        id > 0 && id < Count ? new BtfType(this, id, _types.Slice(_starts[id], End(id) - _starts[id])) : new BtfType(this, 0, default);

    /// <summary>All types but void.</summary>
    public IEnumerable<BtfType> All()
    {
        for (int id = 1; id < Count; id++)
        {
            yield return this[id];
        }
    }

    /// <summary>The type behind typedefs and qualifiers.</summary>
    public BtfType Resolve(int id)
    {
        BtfType type = this[id];
        for (int depth = 0; depth < DeepestType && IsTransparent(type.Kind); depth++)
        {
            type = this[type.Target];
        }

        return type;
    }

    /// <summary>The size of a type in bytes; null for one that has none, or more than 4 GiB.</summary>
    public uint? SizeOf(int id)
    {
        ulong factor = 1;
        for (int depth = 0; depth < DeepestType; depth++)
        {
            BtfType type = Resolve(id);
            switch (type.Kind)
            {
                case BtfKind.Int or BtfKind.Struct or BtfKind.Union or BtfKind.Enum or BtfKind.Enum64 or BtfKind.Float or BtfKind.DataSection:
                    return Product(factor, type.Size);
                case BtfKind.Pointer:
                    return Product(factor, PointerSize);
                case BtfKind.Variable:
                    id = type.Target;
                    break;
                case BtfKind.Array when Product(factor, type.ArrayLength) is { } length:
                    factor = length;
                    id = type.ElementType;
                    break;
                default:
                    return null;
            }
        }

        return null;
    }

    /// <summary>The declaration of a function, as bpftool writes it: <c>int count(struct xdp_md * ctx)</c>.</summary>
    /// <param name="id">The number of a type of kind function.</param>
    /// <returns>The declaration; null for a number that is no function's, and for a declaration of 1,024 or more characters.</returns>
    public string? PrototypeOf(int id) => new PrototypeText(this).Of(id);

    private static bool IsTransparent(BtfKind kind) =>
        kind is BtfKind.Typedef or BtfKind.Const or BtfKind.Volatile or BtfKind.Restrict or BtfKind.TypeTag;

    private static uint? Product(ulong factor, uint size) => factor * size is <= uint.MaxValue and ulong product ? (uint)product : null;

    private int End(int id) => id + 1 < Count ? _starts[id + 1] : _types.Length;
}
