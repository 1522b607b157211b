namespace KernelSim.Debugger.Targets;

/// <summary>A field with its value as text, for <c>dt</c>.</summary>
/// <param name="Offset">Where it is in its object, in bytes; null where the target does not tell.</param>
/// <param name="Name">Its name, that of the property for one that a property was compiled to.</param>
/// <param name="Type">Its type.</param>
/// <param name="Value">Its value: a number, a text in quotes, or type and address of an object.</param>
internal readonly record struct TargetField(int? Offset, string Name, string Type, string Value);
