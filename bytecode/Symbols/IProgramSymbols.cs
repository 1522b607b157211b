namespace KernelSim.Bytecode;

/// <summary>Finds the source of instructions, as a debugger's symbols do: the kernel gets none with the code.</summary>
public interface IProgramSymbols
{
    /// <summary>The line of an instruction of the program that was created with these names; null if it is not known.</summary>
    /// <param name="file">Name of the object.</param>
    /// <param name="section">Name of the section.</param>
    /// <param name="program">Name of the program.</param>
    /// <param name="instruction">The slot in the linked program.</param>
    ProgramSourceLine? Find(string file, string section, string program, int instruction);
}
