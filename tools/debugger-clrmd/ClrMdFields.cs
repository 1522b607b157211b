using KernelSim.Debugger.Targets;
using Microsoft.Diagnostics.Runtime;

namespace KernelSim.Debugger.ClrMd;

/// <summary>What objects, structures and static fields have in common: fields at addresses.</summary>
/// <param name="target">The target.</param>
/// <param name="type">The type.</param>
internal abstract class ClrMdFields(ClrMdTarget target, ClrType type) : ITargetObject
{
    // More than these only a damaged target has, whose types run in a circle.
    private const int MostBases = 64;

    /// <inheritdoc/>
    public abstract ulong Address { get; }

    /// <inheritdoc/>
    public string TypeName => ClrMdReading.Try(() => type.Name) ?? "?";

    /// <inheritdoc/>
    public IReadOnlyList<TargetField> Fields => ClrMdReading.Try<IReadOnlyList<TargetField>>(() => [.. EnumerateFields().Select(f => new TargetField(
        f.Offset, FieldText.NameOf(f.Name ?? "?"), f.Type?.Name ?? f.ElementType.ToString(), Describe(f)))]);

    protected ClrMdTarget Target => target;

    protected ClrType Type => type;

    /// <inheritdoc/>
    public bool Is(string typeName) => ClrMdReading.Try(() =>
    {
        int bases = 0;
        for (ClrType? at = type; at is not null && bases < MostBases; at = at.BaseType, bases++)
        {
            if (at.Name == typeName)
            {
                return true;
            }
        }

        return false;
    });

    /// <inheritdoc/>
    public long ReadInteger(string field) => ClrMdReading.Try(() =>
    {
        ClrField found = Find(field);
        return ClrMdValue.ReadInteger(target, AddressOf(found), found.ElementType, found.Size) ?? throw Damaged(field, "a number");
    });

    /// <inheritdoc/>
    public string? ReadString(string field) => ClrMdValue.ReadString(target, ReferenceIn(field));

    /// <inheritdoc/>
    public ITargetObject? ReadObject(string field) => target.Wrap(ReferenceIn(field));

    /// <inheritdoc/>
    public virtual ITargetObject ReadStruct(string field) => ClrMdReading.Try(() =>
    {
        ClrField found = Find(field);
        return found.IsValueType && found.Type is { } structure
            ? new ClrMdObject(target, AddressOf(found), structure, isStruct: true)
            : throw Damaged(field, "a structure");
    });

    /// <inheritdoc/>
    public ITargetArray? ReadArray(string field) => ReferenceIn(field) is var array and not 0 ? ClrMdArray.At(target, array) : null;

    /// <inheritdoc/>
    public string? ReadMethod(string field) => ReferenceIn(field) is var routine and not 0 ? ClrMdValue.ReadMethod(target, routine) : null;

    /// <summary>All fields, those of base types first.</summary>
    protected abstract IEnumerable<ClrField> EnumerateFields();

    /// <summary>Where a field is.</summary>
    protected abstract ulong AddressOf(ClrField field);

    protected ClrField Find(string field) => ClrMdReading.Try(() => EnumerateFields().LastOrDefault(f => f.Name == field))
        ?? throw new TargetReadException($"the {TypeName} at 0x{Address:x} is damaged: its field '{FieldText.NameOf(field)}' is not found");

    private ulong ReferenceIn(string field) => ClrMdReading.Try(() =>
    {
        ClrField found = Find(field);
        return found.IsObjectReference ? target.ReadPointer(AddressOf(found)) : throw Damaged(field, "a reference");
    });

    private TargetReadException Damaged(string field, string expected) =>
        new($"the {TypeName} at 0x{Address:x} is damaged: its field '{FieldText.NameOf(field)}' is not {expected}");

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
