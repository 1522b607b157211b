using KernelSim.ObjectFiles.Btf;
using KernelSim.ObjectFiles.Elf;

namespace KernelSim.ObjectFiles;

/// <summary>A type: <c>struct btf_type</c> and what follows it. A view of the file; nothing is copied.</summary>
public readonly struct BtfType : IEquatable<BtfType>
{
    private const int Header = 12;

    private readonly BtfTypeTable _types;
    private readonly FileBytes _record;

    internal BtfType(BtfTypeTable types, int id, FileBytes record)
    {
        _types = types;
        _record = record;
        Id = id;
    }

    /// <summary>Its number in the file; 0 is void.</summary>
    public int Id { get; }

    /// <summary>Its kind.</summary>
    public BtfKind Kind => Id == 0 ? BtfKind.Void : (BtfKind)((_record.U32(4) >> 24) & 31);

    /// <summary>Its name; empty for one without.</summary>
    public string Name => Id == 0 ? "void" : _types.Strings.At(_record.U32(0)) ?? "";

    /// <summary><c>kind_flag</c>: of a struct, that it has bit fields; of an enum, that it is signed; of a forward, that it is a union.</summary>
    public bool KindFlag => Id != 0 && _record.U32(4) >> 31 != 0;

    /// <summary><c>size</c>, for a kind that has one.</summary>
    public uint Size => Id == 0 ? 0 : _record.U32(8);

    /// <summary>The number of the type that this one refers to: what a pointer points at, a variable's type, a function's prototype.</summary>
    public int Target => Id == 0 ? 0 : (int)_record.U32(8);

    /// <summary>How many members, enumerators, parameters or variables it has: <c>vlen</c>.</summary>
    public int Count => Id == 0 ? 0 : (int)(_record.U32(4) & 0xffff);

    /// <summary>Of an array: the number of its elements.</summary>
    public uint ArrayLength => _record.U32(Header + 8);

    /// <summary>Of an array: the type of its elements.</summary>
    public int ElementType => (int)_record.U32(Header);

    /// <summary>Of an int: its encoding, bit offset and bits; of a variable: its linkage; of a declaration tag: which member it belongs to.</summary>
    public uint Extra => _record.U32(Header);

    /// <summary>Where in the file its record is.</summary>
    internal long FileOffset => _record.Offset;

    /// <summary>A member of a struct or union, an enumerator, a parameter or a variable of a section.</summary>
    public BtfMember Member(int index)
    {
        BtfKindRow row = BtfKindRow.All[(int)Kind];
        ArgumentOutOfRangeException.ThrowIfNegative(index);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(index, row.Element == 0 ? 0 : Count);
        FileBytes element = _record.Slice(Header + row.Extra + (index * row.Element), row.Element);
        return new BtfMember(
            row.NameInElement < 0 ? "" : _types.Strings.At(element.U32(row.NameInElement)) ?? "",
            row.TypeInElement < 0 ? 0 : (int)element.U32(row.TypeInElement),
            element.U32(row.Element == 8 ? 4 : row.TypeInElement == 0 ? 4 : 8),
            row.Kind == BtfKind.DataSection ? element.U32(8) : 0,
            element.Offset);
    }

    /// <summary>All of them.</summary>
    public IEnumerable<BtfMember> Members()
    {
        int count = BtfKindRow.All[(int)Kind].Element == 0 ? 0 : Count;
        for (int i = 0; i < count; i++)
        {
            yield return Member(i);
        }
    }

    /// <inheritdoc/>
    public bool Equals(BtfType other) => Id == other.Id && ReferenceEquals(_types, other._types);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is BtfType other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => Id;

    /// <summary>Whether they are the same type of the same file.</summary>
    public static bool operator ==(BtfType left, BtfType right) => left.Equals(right);

    /// <summary>Whether they are different types.</summary>
    public static bool operator !=(BtfType left, BtfType right) => !left.Equals(right);
}
