using System.Diagnostics.CodeAnalysis;
using System.Reflection;
using KernelSim.EbpfCore.Programs;

namespace KernelSim.EbpfCore.Native;

/// <summary>
/// What the code of a program uses: found by following its method, and the methods of its class that it calls, instruction by instruction.
/// </summary>
[UnconditionalSuppressMessage("Trimming", "IL2026", Justification = IsKeptWhole)]
internal sealed class NativeMethodUse
{
    /// <summary>Why the reflection survives trimming.</summary>
    public const string IsKeptWhole = "An application that is trimmed keeps the assemblies of its native modules whole.";

    private static readonly Dictionary<int, uint> s_helpers = FindHelpers();
    private static readonly HashSet<int> s_mapAccess =
    [
        .. typeof(EbpfProgramContext).GetMethods().Where(m => m.Name == nameof(EbpfProgramContext.Map)).Select(m => m.MetadataToken),
    ];

    private readonly Type _module;
    private readonly List<MethodBase> _methods = [];
    private readonly List<byte> _code = [];

    /// <summary>Follows a program's method.</summary>
    /// <param name="module">The class that contains the method.</param>
    /// <param name="program">The program's method.</param>
    /// <param name="mapCount">Number of maps that the class declares.</param>
    public NativeMethodUse(Type module, MethodInfo program, int mapCount)
    {
        _module = module;
        _methods.Add(program);
        for (int i = 0; i < _methods.Count; i++)
        {
            Follow(_methods[i], mapCount);
        }
    }

    /// <summary>Numbers of the maps that it uses.</summary>
    public SortedSet<ushort> Maps { get; } = [];

    /// <summary>Ids of the helpers that it calls.</summary>
    public SortedSet<uint> Helpers { get; } = [];

    /// <summary>The IL of all those methods.</summary>
    public byte[] Code => [.. _code];

    private void Follow(MethodBase method, int mapCount)
    {
        byte[]? code = method.GetMethodBody()?.GetILAsByteArray();
        if (code is null)
        {
            return;
        }

        _code.AddRange(code);
        NativeInstruction before = default;
        foreach (NativeInstruction instruction in NativeInstruction.Read(code))
        {
            if (instruction.NamesMethod && Resolve(method, instruction.Operand) is { } named)
            {
                Note(named, before, mapCount);
            }

            before = instruction;
        }
    }

    private void Note(MethodBase named, NativeInstruction before, int mapCount)
    {
        if (named.DeclaringType == typeof(EbpfProgramContext))
        {
            if (s_helpers.TryGetValue(named.MetadataToken, out uint helper))
            {
                Helpers.Add(helper);
            }
            else if (s_mapAccess.Contains(named.MetadataToken))
            {
                NoteMap(before.Constant, mapCount);
            }
        }
        else if (IsOfModule(named.DeclaringType) && !_methods.Contains(named))
        {
            _methods.Add(named);
        }
    }

    /// <summary>A number that is not a constant at the call may stand for any map.</summary>
    private void NoteMap(int? index, int mapCount)
    {
        int first = index ?? 0;
        int last = index ?? (mapCount - 1);
        for (int i = first; i <= last; i++)
        {
            Maps.Add((ushort)i);
        }
    }

    private bool IsOfModule(Type? type) => type is not null && (type == _module || IsOfModule(type.DeclaringType));

    private static MethodBase? Resolve(MethodBase method, int token)
    {
        Type[]? typeArguments = method.DeclaringType is { IsGenericType: true } type ? type.GetGenericArguments() : null;
        Type[]? methodArguments = method.IsGenericMethod ? method.GetGenericArguments() : null;
        return method.Module.ResolveMethod(token, typeArguments, methodArguments);
    }

    private static Dictionary<int, uint> FindHelpers()
    {
        Dictionary<int, uint> helpers = [];
        foreach (MethodInfo method in typeof(EbpfProgramContext).GetMethods())
        {
            if (method.GetCustomAttribute<HelperAttribute>() is { } helper)
            {
                helpers.Add(method.MetadataToken, (uint)helper.Id);
            }
        }

        foreach (PropertyInfo property in typeof(EbpfProgramContext).GetProperties())
        {
            if (property.GetCustomAttribute<HelperAttribute>() is { } helper)
            {
                helpers.Add(property.GetMethod!.MetadataToken, (uint)helper.Id);
            }
        }

        return helpers;
    }
}
