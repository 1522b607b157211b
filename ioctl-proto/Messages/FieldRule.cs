using KernelSim.Protocol.Checks;

namespace KernelSim.Protocol.Messages;

/// <summary>What the validator asks of one field of an operation's request. All fields are unsigned.</summary>
/// <param name="Field">The field's C name.</param>
/// <param name="Offset">Where it is in the message.</param>
/// <param name="Width">Its bytes: 2 or 4.</param>
/// <param name="Minimum">The smallest allowed value.</param>
/// <param name="Maximum">The largest allowed value.</param>
/// <param name="Check">The row that a refusal names.</param>
public sealed record FieldRule(string Field, int Offset, int Width, FieldBound Minimum, FieldBound Maximum, Check Check);
