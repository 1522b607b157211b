using System.Buffers.Binary;
using System.Diagnostics.SymbolStore;
using System.Reflection;
using System.Reflection.Emit;
using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using KernelSim.Bytecode;
using KernelSim.Bytecode.Modules;
using KernelSim.EbpfCore.Native;
using KernelSim.EbpfCore.Programs;
using KernelSim.ObjectFiles;
using KernelSim.Protocol;

namespace KernelSim.Tool.Bpf.Compiling;

/// <summary>
/// The assembly of a module while it is emitted: a class with a method for each program and an enumeration of the maps, as one writes it in C#, and
/// for each program a nested class with a method for each of its functions.
/// </summary>
internal sealed class ModuleAssembly
{
    private const TypeAttributes StaticClass = TypeAttributes.Abstract | TypeAttributes.Sealed | TypeAttributes.BeforeFieldInit;

    private static readonly ConstructorInfo s_map = typeof(EbpfMapAttribute).GetConstructor([typeof(BpfMapType)])!;
    private static readonly ConstructorInfo s_program = typeof(EbpfProgramAttribute).GetConstructor([typeof(string)])!;
    private static readonly MethodInfo s_tryRun = typeof(NativeBytecode).GetMethod(nameof(NativeBytecode.TryRun))!;
    private static readonly MethodInfo s_runFirst = typeof(NativeBytecode).GetMethod(nameof(NativeBytecode.RunFirst))!;
    private static readonly ConstructorInfo s_function = typeof(CompiledFunction).GetConstructor([typeof(object), typeof(nint)])!;
    private static readonly ConstructorInfo s_reachesInternals = typeof(IgnoresAccessChecksToAttribute).GetConstructor([typeof(string)])!;

    private readonly PersistedAssemblyBuilder _assembly;
    private readonly TypeBuilder _class;
    private readonly List<TypeBuilder> _nested = [];
    private readonly ClrNames _names = new();
    private readonly ISymbolDocumentWriter _document;
    private readonly List<MethodSource> _sources = [];

    /// <summary>Begins an assembly.</summary>
    /// <param name="name">Its name, and that of its class.</param>
    public ModuleAssembly(string name)
    {
        Version? version = typeof(ModuleAssembly).Assembly.GetName().Version;

        // Any file name is a name: the constructor that takes one parses it, and stops at a comma.
        _assembly = new PersistedAssemblyBuilder(new AssemblyName { Name = name, Version = version }, typeof(object).Assembly);
        ModuleBuilder module = _assembly.DefineDynamicModule($"{name}.dll");
        _assembly.SetCustomAttribute(new CustomAttributeBuilder(s_reachesInternals, [typeof(BytecodeRun).Assembly.GetName().Name]));
        _document = module.DefineDocument(name);
        _class = module.DefineType(_names.Unique(name), StaticClass | TypeAttributes.Public);
    }

    /// <summary>Adds the enumeration of the maps.</summary>
    public void AddMaps(IReadOnlyList<ModuleMap> maps, IReadOnlyList<string> methods)
    {
        if (maps.Count == 0)
        {
            return;
        }

        TypeBuilder type = _class.DefineNestedType(_names.Unique("Maps"), TypeAttributes.NestedPublic | TypeAttributes.Sealed, typeof(Enum));
        type.DefineField("value__", typeof(int), FieldAttributes.Public | FieldAttributes.SpecialName | FieldAttributes.RTSpecialName);
        string[] members = [.. maps.Select(m => m.Member)];
        for (int i = 0; i < maps.Count; i++)
        {
            FieldBuilder member = type.DefineField(
                maps[i].Member, type, FieldAttributes.Public | FieldAttributes.Static | FieldAttributes.Literal);
            member.SetConstant(i);
            member.SetCustomAttribute(AttributeOf(maps[i], maps[i].Definition.HoldsMaps ? members : methods));
        }

        _nested.Add(type);
    }

    /// <summary>The names of the methods of programs: each program gets another one.</summary>
    public string[] NameMethods(IEnumerable<ObjectProgram> programs) => [.. programs.Select(p => _names.Unique(p.Name))];

    /// <summary>Adds a program.</summary>
    /// <param name="method">The name of its method.</param>
    /// <param name="source">The program in the object file.</param>
    /// <param name="program">The program.</param>
    /// <param name="programType">Its program type, if its section does not name it.</param>
    /// <returns>Why it cannot be compiled; null if it was.</returns>
    public string? AddProgram(string method, ObjectProgram source, ModuleProgram program, Guid? programType)
    {
        TypeBuilder type = _class.DefineNestedType(_names.Unique($"{method}_code"), StaticClass | TypeAttributes.NestedAssembly);
        _nested.Add(type);
        ClrNames names = new();
        Dictionary<int, string> functions = source.Functions.ToDictionary(f => f.FirstInstruction, f => names.Unique(f.Function.Name));
        string NameOf(int entry) => functions.TryGetValue(entry, out string? name) ? name : functions[entry] = names.Unique($"at_{entry}");
        if (ModuleCode.TryEmit(
            type, program, _document, NameOf, out ModuleProgram emitted, out MethodInfo? entry, out IReadOnlyList<MethodSource> sources)
            is { } problem)
        {
            return problem;
        }

        _sources.AddRange(sources);
        byte[] data = emitted.ToBytes();
        FieldBuilder field = type.DefineInitializedData("data", data, FieldAttributes.Assembly);
        EmitProgram(method, AttributeOf(source, programType), field, data, entry);
        return null;
    }

    /// <summary>Ends it.</summary>
    /// <param name="objectFile">The object file, for its sources are looked for beside it.</param>
    /// <param name="symbols">The name of the file that has its symbols.</param>
    public ModuleFiles Finish(string objectFile, string symbols)
    {
        _class.CreateType();
        _nested.ForEach(type => type.CreateType());
        return ModuleFiles.Of(_assembly, _sources, objectFile, symbols);
    }

    private static CustomAttributeBuilder AttributeOf(ModuleMap map, IReadOnlyList<string> targets)
    {
        ObjectMap definition = map.Definition;
        Dictionary<string, object> named = new()
        {
            [nameof(EbpfMapAttribute.Name)] = map.Name,
            [nameof(EbpfMapAttribute.KeySize)] = definition.KeySize,
            [nameof(EbpfMapAttribute.ValueSize)] = definition.ValueSize,
            [nameof(EbpfMapAttribute.MaxEntries)] = definition.MaxEntries,
        };
        if (definition.Pinning != EbpfPinType.None)
        {
            named[nameof(EbpfMapAttribute.Pinning)] = definition.Pinning;
        }

        if (map.Inner is not null)
        {
            named[nameof(EbpfMapAttribute.Inner)] = map.Inner;
        }

        if (!definition.InitialValues.IsEmpty)
        {
            named[nameof(EbpfMapAttribute.Values)] = map.Values(targets);
        }

        if (!definition.Contents.IsEmpty)
        {
            named[nameof(EbpfMapAttribute.Contents)] = definition.Contents.ToArray();
        }

        return AttributeOf(s_map, definition.Type, named);
    }

    private static CustomAttributeBuilder AttributeOf(ObjectProgram program, Guid? programType)
    {
        Dictionary<string, object> named = new()
        {
            [nameof(EbpfProgramAttribute.Name)] = program.Name,
            [nameof(EbpfProgramAttribute.Helpers)] = ProgramOfModule.HelpersOf(program),
            [nameof(EbpfProgramAttribute.Maps)] = program.MapReferences.Select(r => r.Map).Distinct().Order().ToArray(),
        };
        if (programType is { } type)
        {
            named[nameof(EbpfProgramAttribute.ProgramType)] = type.ToString();
        }

        return AttributeOf(s_program, program.Section, named);
    }

    private static CustomAttributeBuilder AttributeOf(ConstructorInfo constructor, object argument, Dictionary<string, object> named) => new(
        constructor, [argument], [.. named.Keys.Select(n => constructor.DeclaringType!.GetProperty(n)!)], [.. named.Values]);

    /// <summary>The method that the driver calls: it runs the program, or hands it over first.</summary>
    private void EmitProgram(string name, CustomAttributeBuilder attribute, FieldInfo field, byte[] data, MethodInfo entry)
    {
        MethodBuilder method = _class.DefineMethod(
            name, MethodAttributes.Public | MethodAttributes.Static, typeof(uint), [typeof(EbpfProgramContext)]);
        method.DefineParameter(1, ParameterAttributes.None, "context");
        method.SetCustomAttribute(attribute);
        ILGenerator il = method.GetILGenerator();
        LocalBuilder result = il.DeclareLocal(typeof(uint));
        Label done = il.DefineLabel();
        il.Emit(OpCodes.Ldarg_0);
        il.Emit(OpCodes.Ldloca, result);
        il.Emit(OpCodes.Call, s_tryRun);
        il.Emit(OpCodes.Brtrue, done);

        // A module's hash is that of its methods, and must change with the data.
        il.Emit(OpCodes.Ldc_I8, BinaryPrimitives.ReadInt64LittleEndian(SHA256.HashData(data)));
        il.Emit(OpCodes.Pop);
        il.Emit(OpCodes.Ldarg_0);
        il.Emit(OpCodes.Ldsflda, field);
        il.Emit(OpCodes.Conv_U);
        il.Emit(OpCodes.Ldc_I4, data.Length);
        il.Emit(OpCodes.Ldnull);
        il.Emit(OpCodes.Ldftn, entry);
        il.Emit(OpCodes.Newobj, s_function);
        il.Emit(OpCodes.Call, s_runFirst);
        il.Emit(OpCodes.Stloc, result);
        il.MarkLabel(done);
        il.Emit(OpCodes.Ldloc, result);
        il.Emit(OpCodes.Ret);
    }
}
