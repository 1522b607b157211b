using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Reflection;
using KernelSim.Debugger.Targets;

namespace KernelSim.Debugger.InProcess;

/// <summary>An object, a structure, or the static fields of a type of this process.</summary>
/// <param name="target">What numbers the objects that it refers to.</param>
/// <param name="value">The object or the boxed structure; null for static fields.</param>
/// <param name="type">Its type.</param>
[UnconditionalSuppressMessage("Trimming", "IL2070", Justification = "An application that is trimmed keeps the kernel whole.")]
[UnconditionalSuppressMessage("Trimming", "IL2075", Justification = "An application that is trimmed keeps the kernel whole.")]
[UnconditionalSuppressMessage("Trimming", "IL2080", Justification = "An application that is trimmed keeps the kernel whole.")]
internal sealed class InProcessObject(InProcessTarget target, object? value, Type type) : ITargetObject
{
    private const BindingFlags Declared =
        BindingFlags.DeclaredOnly | BindingFlags.Instance | BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic;

    /// <inheritdoc/>
    public ulong Address => value is null or ValueType ? 0 : target.NumberOf(value);

    /// <inheritdoc/>
    public string TypeName => type.FullName ?? type.Name;

    /// <inheritdoc/>
    public IReadOnlyList<TargetField> Fields =>
    [
        .. Bases().Reverse().SelectMany(t => t.GetFields(Declared)).Where(f => f.IsStatic == value is null).Select(f =>
            new TargetField(null, FieldText.NameOf(f.Name), f.FieldType.Name, Describe(f.GetValue(value)))),
    ];

    /// <inheritdoc/>
    public bool Is(string typeName) => Bases().Any(t => t.FullName == typeName);

    /// <inheritdoc/>
    public long ReadInteger(string field) => InProcessValue.ToInteger(Read(field)) ?? throw Unexpected(field, "a number");

    /// <inheritdoc/>
    public string? ReadString(string field) => Read(field) switch
    {
        null => null,
        string text => text,
        _ => throw Unexpected(field, "a string"),
    };

    /// <inheritdoc/>
    public ITargetObject? ReadObject(string field) => target.Wrap(Read(field));

    /// <inheritdoc/>
    public ITargetObject ReadStruct(string field) => Read(field) is ValueType structure
        ? new InProcessObject(target, structure, structure.GetType())
        : throw Unexpected(field, "a structure");

    /// <inheritdoc/>
    public ITargetArray? ReadArray(string field) => Read(field) switch
    {
        null => null,
        Array { Rank: 1 } array => new InProcessArray(target, array),
        _ => throw Unexpected(field, "an array"),
    };

    /// <inheritdoc/>
    public string? ReadMethod(string field) => Read(field) is Delegate routine
        ? FieldText.MethodName(routine.Method.DeclaringType?.FullName ?? "", routine.Method.Name)
        : null;

    private string Describe(object? held) => held switch
    {
        null => "null",
        string text => FieldText.Quote(text),
        ValueType when InProcessValue.ToInteger(held) is null => held.GetType().Name,
        ValueType and not Enum and not bool => InProcessValue.ToInteger(held)!.Value.ToString(CultureInfo.InvariantCulture),
        Pointer => $"0x{InProcessValue.ToInteger(held):x}",
        ValueType => held.ToString()!,
        _ => $"0x{target.NumberOf(held):x} {held.GetType().Name}",
    };

    private object? Read(string field)
    {
        FieldInfo? found = Bases().Select(t => t.GetField(field, Declared)).FirstOrDefault(f => f is not null);
        return found is not null && found.IsStatic == value is null
            ? found.GetValue(value)
            : throw new TargetReadException($"{TypeName} has no field {field}");
    }

    private IEnumerable<Type> Bases()
    {
        for (Type? at = type; at is not null; at = at.BaseType)
        {
            yield return at;
        }
    }

    private TargetReadException Unexpected(string field, string expected) => new($"{TypeName}.{field} is not {expected}");
}
