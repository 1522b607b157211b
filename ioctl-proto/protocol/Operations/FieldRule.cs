using KernelSim.Protocol.Checks;

namespace KernelSim.Protocol.Messages;

/// <summary>The range that the validator allows for one field of an operation's request. All fields are unsigned.</summary>
/// <param name="Field">The field's C name.</param>
/// <param name="Offset">Offset of the field from the message's start, in bytes.</param>
/// <param name="Width">Size of the field in bytes: 2 or 4.</param>
/// <param name="Minimum">The smallest allowed value.</param>
/// <param name="Maximum">The largest allowed value.</param>
/// <param name="Check">The check that a refusal names.</param>
public sealed record FieldRule(string Field, int Offset, int Width, FieldBound Minimum, FieldBound Maximum, Check Check);
