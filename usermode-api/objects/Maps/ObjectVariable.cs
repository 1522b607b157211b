namespace KernelSim.ObjectFiles;

/// <summary>A global variable.</summary>
/// <param name="Name">Its name in C.</param>
/// <param name="Map">The index in <see cref="BpfObjectFile.Maps"/> of the map that holds it.</param>
/// <param name="Offset">Where in the map's value it is, in bytes.</param>
/// <param name="Size">Its size in bytes.</param>
/// <param name="Type">Its BTF type, of kind variable; 0 where the file does not say.</param>
public sealed record ObjectVariable(string Name, int Map, uint Offset, uint Size, int Type);
