using KernelSim.Bytecode;
using KernelSim.ObjectFiles;
using KernelSim.Tool.Bpf.Verification;

namespace KernelSim.Tool.Bpf.Compiling;

/// <summary>Compiles an object file to a native module: what <c>bpf2c</c> and the C compiler do together.</summary>
internal static class ModuleCompiler
{
    /// <summary>Compiles all of its programs.</summary>
    /// <param name="file">The object file.</param>
    /// <param name="name">The name of the module, that of its file without the ending.</param>
    /// <param name="type">The program type of all programs; null for those that their sections name.</param>
    /// <param name="types">All program types that there are.</param>
    /// <param name="module">The module's files.</param>
    /// <returns>Why it cannot be compiled; null if it was.</returns>
    public static Failure? Compile(
        BpfObjectFile file, string name, ProgramTypeFacts? type, IReadOnlyList<ProgramTypeFacts> types, out ModuleFiles? module)
    {
        module = null;
        if (file.Programs.IsEmpty)
        {
            return new Failure($"'{file.Name}' given, expected an object file with programs: it has none");
        }

        ModuleAssembly assembly = new(name);
        string[] methods = assembly.NameMethods(file.Programs);
        assembly.AddMaps(ModuleMap.Of(file), methods);
        foreach (ObjectProgram program in file.Programs)
        {
            VerifiedProgram verified = VerifiedProgram.Of(file, program, type, types);
            if (verified.Verdict.Reasons is [{ } reason, ..])
            {
                return Refused(file, program, reason);
            }

            ModuleProgram compiled = ProgramOfModule.Of(file, program, verified.Type!);
            if (assembly.AddProgram(methods[program.Index], program, compiled, type?.Id) is { } problem)
            {
                return new Failure($"{file.Name}: {program.Section}/{program.Name}: {problem}");
            }
        }

        module = assembly.Finish(file.Name, $"{name}.pdb");
        return null;
    }

    private static Failure Refused(BpfObjectFile file, ObjectProgram program, VerdictReason reason)
    {
        string line = reason.Instruction >= 0 && program.LineOf(reason.Instruction) is { Line: > 0 } at
            ? $"{new ProgramSourceLine(at.File, at.Line, at.Text)}: "
            : "";
        string check = reason.Check is null ? "" : $" [{reason.Check}]";
        return new Failure($"{file.Name}: {program.Section}/{program.Name}: {line}{reason.Text}{check}")
        {
            Refusal = reason is { Check: { } id, Given: { } given, Expected: { } expected } ? (id, given, expected) : null,
        };
    }
}
