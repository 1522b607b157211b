using System.Diagnostics.CodeAnalysis;
using System.Diagnostics.SymbolStore;
using System.Reflection;
using System.Reflection.Emit;
using KernelSim.Bytecode.Compiler;

namespace KernelSim.Bytecode.Modules;

/// <summary>
/// Makes a method of a class of each function, which <see cref="ModuleProgram.Load"/> runs. The class's assembly needs access to what this one keeps
/// to itself.
/// </summary>
internal sealed class ModuleCode : CodeTarget
{
    private const int HiddenLine = 0xFEEFEE;
    private const int WidestColumn = 0xFFFE;

    // A tier without optimisation is of no use to code that runs at DISPATCH_LEVEL. A debugger's wish not to optimise comes first all the same.
    private const MethodImplAttributes Optimized = MethodImplAttributes.IL | MethodImplAttributes.AggressiveOptimization;

    private static readonly string[] s_parameterNames = ["run", "r1", "r2", "r3", "r4", "r5", "r10"];

    private readonly TypeBuilder _class;
    private readonly ModuleProgram _program;
    private readonly IReadOnlyDictionary<string, ISymbolDocumentWriter> _documents;
    private readonly Func<int, string> _nameOf;
    private readonly Dictionary<int, int> _references = [];
    private readonly Dictionary<ILGenerator, ProgramSourceLine?> _last = [];

    private ModuleCode(
        TypeBuilder type, ModuleProgram program, IReadOnlyDictionary<string, ISymbolDocumentWriter> documents, Func<int, string> nameOf)
    {
        _class = type;
        _program = program;
        _documents = documents;
        _nameOf = nameOf;
        for (int i = 0; i < program.References.Length; i++)
        {
            _references[program.References[i].Instruction] = i;
        }
    }

    /// <summary>Checks a program and emits it.</summary>
    /// <param name="type">The class that gets the methods.</param>
    /// <param name="program">The program. Its frames are counted here.</param>
    /// <param name="documents">The documents of its source files, by their names in its lines.</param>
    /// <param name="nameOf">The name of the function that starts at a slot; each has another.</param>
    /// <param name="emitted">The program with its frames.</param>
    /// <param name="entry">The method that it begins with.</param>
    /// <returns>What is wrong with the program; null if nothing is.</returns>
    public static string? TryEmit(
        TypeBuilder type,
        ModuleProgram program,
        IReadOnlyDictionary<string, ISymbolDocumentWriter> documents,
        Func<int, string> nameOf,
        out ModuleProgram emitted,
        [NotNull] out MethodInfo? entry)
    {
        BytecodeImage image = program.ToImage();
        emitted = program;
        entry = null!;
        StructuralProblem? problem = StructuralCheck.Run(new CheckedProgram(image.Instructions.AsSpan(), image.Structure), out ControlFlow? flow);
        if (problem is not null)
        {
            return problem.Text;
        }

        if (CompilerLimits.ProblemOf(image, flow!) is { } large)
        {
            return large;
        }

        entry = new ModuleCode(type, program, documents, nameOf).Emit(image, flow!);
        emitted = program with { Frames = flow!.Frames };
        return null;
    }

    public override int ReferenceAt(int instruction) => _references.GetValueOrDefault(instruction, -1);

    public override void Name(LocalBuilder local, int register) => local.SetLocalSymInfo($"r{register}");

    public override void Mark(ILGenerator il, int instruction)
    {
        ProgramSourceLine? line = _program.Find("", "", "", instruction);
        if (_last.TryGetValue(il, out ProgramSourceLine? last) && Equals(line, last))
        {
            return;
        }

        _last[il] = line;
        if (line is null || !_documents.TryGetValue(line.File, out ISymbolDocumentWriter? document))
        {
            MarkHidden(il);
            return;
        }

        string text = line.Text.TrimEnd();
        int end = Math.Clamp(text.Length + 1, 2, WidestColumn + 1);
        int start = Math.Clamp(text.Length - text.TrimStart().Length + 1, 1, end - 1);
        il.MarkSequencePoint(document, line.Line, start, line.Line, end);
    }

    public override void MarkHidden(ILGenerator il)
    {
        if (_documents.Values.FirstOrDefault() is { } document)
        {
            il.MarkSequencePoint(document, HiddenLine, 0, HiddenLine, 0);
        }
    }

    protected override MethodInfo Define(BytecodeImage image, int entry, int frame, out ILGenerator il)
    {
        // Code knows its frame: a function that is called at several depths is there several times.
        string name = frame == 1 ? _nameOf(entry) : $"{_nameOf(entry)}_frame{frame}";
        MethodBuilder method = _class.DefineMethod(name, MethodAttributes.Assembly | MethodAttributes.Static, typeof(ulong), Parameters);
        method.SetImplementationFlags(Optimized);
        for (int i = 0; i < s_parameterNames.Length; i++)
        {
            method.DefineParameter(i + 1, ParameterAttributes.None, s_parameterNames[i]);
        }

        il = method.GetILGenerator();
        return method;
    }
}
