namespace KernelSim.Protocol.Messages;

/// <summary>Says which C structure a type stands for: a reader of the real sources, and the tests, find one from the other.</summary>
/// <remarks>
/// Fields carry upstream's names in .NET casing. A variable tail is not a field: the type then ends where the tail starts, at its
/// <c>TailOffset</c>, and can be read and written there at any alignment.
/// </remarks>
/// <param name="name">The C name.</param>
/// <param name="size">What C's <c>sizeof</c> says, including the first element of a tail and the padding at the end.</param>
[AttributeUsage(AttributeTargets.Struct)]
public sealed class UpstreamStructAttribute(string name, int size) : Attribute
{
    /// <summary>The C name.</summary>
    public string Name { get; } = name;

    /// <summary>What C's <c>sizeof</c> says, in bytes. A message may well be shorter: see <c>TailOffset</c>.</summary>
    public int Size { get; } = size;

    /// <summary>The C name of the variable tail; null where there is none.</summary>
    public string? Tail { get; init; }
}
