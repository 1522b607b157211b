namespace KernelSim.Protocol.Messages;

/// <summary>The C structure that a type mirrors: links the type to upstream's sources and to the tests.</summary>
/// <remarks>
/// Fields carry upstream's names in .NET casing. A variable tail is not a field: the type ends where the tail starts, at its
/// <c>TailOffset</c>, and can be read and written at any alignment.
/// </remarks>
/// <param name="name">The C name of the structure.</param>
/// <param name="size">C's <c>sizeof</c> in bytes, including the first element of a tail and the padding at the end.</param>
[AttributeUsage(AttributeTargets.Struct)]
public sealed class UpstreamStructAttribute(string name, int size) : Attribute
{
    /// <summary>The C name of the structure.</summary>
    public string Name { get; } = name;

    /// <summary>C's <c>sizeof</c>, in bytes. A message may be shorter: see <c>TailOffset</c>.</summary>
    public int Size { get; } = size;

    /// <summary>The C name of the variable tail; null if there is none.</summary>
    public string? Tail { get; init; }
}
