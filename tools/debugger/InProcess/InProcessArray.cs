using KernelSim.Debugger.Targets;

namespace KernelSim.Debugger.InProcess;

/// <summary>An array of this process.</summary>
internal sealed class InProcessArray(InProcessTarget target, Array array) : ITargetArray
{
    /// <inheritdoc/>
    public int Length => array.Length;

    /// <inheritdoc/>
    public long IntegerAt(int index) => InProcessValue.ToInteger(At(index)) ?? throw Unexpected(index, "a number");

    /// <inheritdoc/>
    public string? StringAt(int index) => At(index) switch
    {
        null => null,
        string text => text,
        _ => throw Unexpected(index, "a string"),
    };

    /// <inheritdoc/>
    public ITargetObject? ObjectAt(int index) => target.Wrap(At(index));

    /// <inheritdoc/>
    public ITargetObject StructAt(int index) =>
        At(index) is ValueType structure ? new InProcessObject(target, structure, structure.GetType()) : throw Unexpected(index, "a structure");

    private object? At(int index) => (uint)index < (uint)array.Length
        ? array.GetValue(index)
        : throw new TargetReadException($"element {index} given, expected one of an array of {array.Length}");

    private TargetReadException Unexpected(int index, string expected) =>
        new($"element {index} of an array of {array.GetType().GetElementType()!.FullName} is not {expected}");
}
