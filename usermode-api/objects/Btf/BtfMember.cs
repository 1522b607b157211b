namespace KernelSim.ObjectFiles;

/// <summary>A member of a struct or union, an enumerator, a parameter of a prototype, or a variable of a section.</summary>
/// <param name="Name">Its name; empty for a variable of a section, whose type has the name.</param>
/// <param name="Type">The number of its type.</param>
/// <param name="Value">
/// Of a member, its offset in bits; of an enumerator, its value (the upper half, of 64 bits); of a variable, its offset in the section.
/// </param>
/// <param name="Size">Of a variable of a section, its size in bytes.</param>
/// <param name="FileOffset">Where in the file it is.</param>
public readonly record struct BtfMember(string Name, int Type, uint Value, uint Size, long FileOffset);
