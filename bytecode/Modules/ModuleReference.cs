namespace KernelSim.Bytecode;

/// <summary>An <c>lddw</c> whose value is known only when its module is loaded: a map, or an address in a map's value.</summary>
/// <param name="Instruction">The first of its slots.</param>
/// <param name="Map">The number of the map in the module.</param>
/// <param name="IsValue">Whether it stands for the address of the map's value, not for the map.</param>
/// <param name="Offset">Of a value: where in it, in bytes.</param>
/// <param name="IsReadOnly">Of a value: whether the program may only read it.</param>
public readonly record struct ModuleReference(int Instruction, int Map, bool IsValue = false, uint Offset = 0, bool IsReadOnly = false);
