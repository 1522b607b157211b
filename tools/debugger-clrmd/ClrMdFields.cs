using KernelSim.Debugger.Targets;
using Microsoft.Diagnostics.Runtime;

namespace KernelSim.Debugger.ClrMd;

/// <summary>What objects, structures and static fields have in common: fields at addresses.</summary>
/// <param name="target">The target.</param>
/// <param name="type">The type.</param>
internal abstract class ClrMdFields(ClrMdTarget target, ClrType type) : ITargetObject
{
    /// <inheritdoc/>
    public abstract ulong Address { get; }

    /// <inheritdoc/>
    public string TypeName => type.Name ?? "?";

    /// <inheritdoc/>
    public IReadOnlyList<TargetField> Fields => [.. EnumerateFields().Select(f => new TargetField(
        f.Offset, FieldText.NameOf(f.Name ?? "?"), f.Type?.Name ?? f.ElementType.ToString(), Describe(f)))];

    protected ClrMdTarget Target => target;

    protected ClrType Type => type;

    /// <inheritdoc/>
    public bool Is(string typeName)
    {
        for (ClrType? at = type; at is not null; at = at.BaseType)
        {
            if (at.Name == typeName)
            {
                return true;
            }
        }

        return false;
    }

    /// <inheritdoc/>
    public long ReadInteger(string field)
    {
        ClrField found = Find(field);
        return ClrMdValue.ReadInteger(target, AddressOf(found), found.ElementType, found.Size)
            ?? throw new TargetReadException($"{TypeName}.{field} is not a number");
    }

    /// <inheritdoc/>
    public string? ReadString(string field) => ClrMdValue.ReadString(target, ReferenceIn(field));

    /// <inheritdoc/>
    public ITargetObject? ReadObject(string field) => target.Wrap(ReferenceIn(field));

    /// <inheritdoc/>
    public virtual ITargetObject ReadStruct(string field)
    {
        ClrField found = Find(field);
        return found.IsValueType && found.Type is { } structure
            ? new ClrMdObject(target, AddressOf(found), structure, isStruct: true)
            : throw new TargetReadException($"{TypeName}.{field} is not a structure");
    }

    /// <inheritdoc/>
    public ITargetArray? ReadArray(string field) => ReferenceIn(field) is var array and not 0 ? ClrMdArray.At(target, array) : null;

    /// <inheritdoc/>
    public string? ReadMethod(string field) => ReferenceIn(field) is var routine and not 0 ? ClrMdValue.ReadMethod(target, routine) : null;

    /// <summary>All fields, those of base types first.</summary>
    protected abstract IEnumerable<ClrField> EnumerateFields();

    /// <summary>Where a field is.</summary>
    protected abstract ulong AddressOf(ClrField field);

    protected ClrField Find(string field) => ClrMdReading.Try(() => EnumerateFields().LastOrDefault(f => f.Name == field))
        ?? throw new TargetReadException($"{TypeName} has no field {field}");

    private ulong ReferenceIn(string field)
    {
        ClrField found = Find(field);
        return found.IsObjectReference ? target.ReadPointer(AddressOf(found)) : throw new TargetReadException($"{TypeName}.{field} is no reference");
    }

    private string Describe(ClrField field)
    {
        try
        {
            return ClrMdReading.Try(() => ClrMdValue.Describe(target, AddressOf(field), field.ElementType, field.Type, field.Size));
        }
        catch (TargetReadException unreadable)
        {
            return $"({unreadable.Message})";
        }
    }
}
