using System.Diagnostics.CodeAnalysis;
using System.Reflection;
using KernelSim.EbpfCore.Programs;
using KernelSim.Protocol;
using KernelSim.Protocol.Modules;

namespace KernelSim.EbpfCore.Native;

/// <summary>Creates a module's file from a class: see <see cref="NativeModuleImage.Compile"/>.</summary>
[UnconditionalSuppressMessage("Trimming", "IL2065", Justification = NativeMethodUse.IsKeptWhole)]
[UnconditionalSuppressMessage("Trimming", "IL2070", Justification = NativeMethodUse.IsKeptWhole)]
[UnconditionalSuppressMessage("Trimming", "IL2075", Justification = NativeMethodUse.IsKeptWhole)]
[UnconditionalSuppressMessage("Trimming", "IL2080", Justification = NativeMethodUse.IsKeptWhole)]
internal sealed class NativeModuleCompiler(Type module)
{
    private const BindingFlags Everything =
        BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly;

    private readonly List<(string Member, EbpfMapAttribute Attribute)> _maps = [];
    private readonly List<(MethodInfo Method, EbpfProgramAttribute Attribute)> _programs = [];

    /// <summary>Compiles the class.</summary>
    /// <param name="bodies">The method to run for each of the file's programs.</param>
    public NativeModuleFile Compile(out IReadOnlyList<NativeProgram> bodies)
    {
        FindMaps();
        foreach (MethodInfo method in module.GetMethods(Everything).OrderBy(m => m.MetadataToken))
        {
            if (method.GetCustomAttribute<EbpfProgramAttribute>() is { } attribute)
            {
                _programs.Add((method, attribute));
            }
        }

        if (_programs.Count == 0)
        {
            throw Wrong($"it has no static method with [{nameof(EbpfProgramAttribute)[..^9]}]");
        }

        bodies = [.. _programs.Select(p => BodyOf(p.Method))];
        return new NativeModuleFile
        {
            Maps = [.. _maps.Select(MapEntry)],
            Programs = [.. _programs.Select(ProgramEntry)],
            InitialValues = [.. _maps.Where(m => m.Attribute.Values.Length != 0).Select(Values)],
            GlobalVariables =
            [
                .. _maps.Where(m => m.Attribute.Contents.Length != 0).Select(m => new NativeGlobalVariables(NameOf(m), m.Attribute.Contents)),
            ],
        };
    }

    private static string NameOf((string Member, EbpfMapAttribute Attribute) map) => map.Attribute.Name ?? map.Member;

    private static string NameOf((MethodInfo Method, EbpfProgramAttribute Attribute) program) =>
        program.Attribute.Name ?? program.Method.Name;

    private void FindMaps()
    {
        Type[] enumerations =
        [
            .. module.GetNestedTypes(BindingFlags.Public | BindingFlags.NonPublic)
                .Where(t => t.IsEnum && t.GetFields().Any(f => f.GetCustomAttribute<EbpfMapAttribute>() is not null)),
        ];
        if (enumerations.Length > 1)
        {
            throw Wrong($"maps are declared in {string.Join(" and ", enumerations.Select(e => e.Name))}; one enumeration numbers them all");
        }

        if (enumerations.Length == 0)
        {
            return;
        }

        Type maps = enumerations[0];
        if (Enum.GetUnderlyingType(maps) != typeof(int))
        {
            throw Wrong($"{maps.Name} is of type {Enum.GetUnderlyingType(maps).Name}; an enumeration of maps must be of type int");
        }

        foreach (FieldInfo member in maps.GetFields(BindingFlags.Static | BindingFlags.Public).OrderBy(f => (int)f.GetRawConstantValue()!))
        {
            EbpfMapAttribute attribute = member.GetCustomAttribute<EbpfMapAttribute>()
                ?? throw Wrong($"{maps.Name}.{member.Name} has no [EbpfMap], which each member of an enumeration of maps must have");
            int number = (int)member.GetRawConstantValue()!;
            if (number != _maps.Count)
            {
                throw Wrong($"{maps.Name}.{member.Name} is {number}; maps are numbered from 0 without a gap, so {_maps.Count} was expected");
            }

            _maps.Add((member.Name, attribute));
        }
    }

    private NativeProgram BodyOf(MethodInfo method)
    {
        ParameterInfo[] parameters = method.GetParameters();
        bool fits = method.ReturnType == typeof(uint) && parameters.Length == 1 && parameters[0].ParameterType == typeof(EbpfProgramContext);
        return fits
            ? method.CreateDelegate<NativeProgram>()
            : throw Wrong($"{method.Name} is '{method}'; a program must take one {nameof(EbpfProgramContext)} and return a uint");
    }

    private NativeMapEntry MapEntry((string Member, EbpfMapAttribute Attribute) map)
    {
        EbpfMapAttribute a = map.Attribute;
        string? inner = a.Inner is null ? null : MapNamed(a.Inner, $"map {map.Member}");
        return new NativeMapEntry(NameOf(map), a.Type, a.KeySize, a.ValueSize, a.MaxEntries, a.Pinning, inner);
    }

    private NativeProgramEntry ProgramEntry((MethodInfo Method, EbpfProgramAttribute Attribute) program)
    {
        EbpfProgramAttribute a = program.Attribute;
        AttachTypeRow? row = AttachTypeTable.FindBySection(a.Section);
        if (row is null && a.ProgramType is null)
        {
            throw Wrong($"{program.Method.Name} is in section '{a.Section}', which no attach type has, and gives no program type");
        }

        NativeMethodUse use = new(module, program.Method, _maps.Count);
        int[] maps = [.. use.Maps.Select(m => (int)m).Union(a.Maps).Order()];
        int unknown = Array.FindIndex(maps, m => (uint)m >= (uint)_maps.Count);
        if (unknown >= 0)
        {
            throw Wrong($"{program.Method.Name} uses map {maps[unknown]}, but {_maps.Count} are declared");
        }

        byte[] code = use.Code;
        return new NativeProgramEntry(
            NameOf(program),
            a.Section,
            a.ProgramType is null ? row!.ProgramType : new Guid(a.ProgramType),
            a.AttachType is not null ? new Guid(a.AttachType) : a.ProgramType is null ? row!.Id : Guid.Empty,
            [.. maps.Select(m => (ushort)m)],
            [.. use.Helpers.Union(a.Helpers).Order()],
            (ulong)code.Length,
            Convert.ToBase64String(code));
    }

    private NativeInitialValues Values((string Member, EbpfMapAttribute Attribute) map)
    {
        bool holdsPrograms = MapTypeTable.Find(map.Attribute.Type)?.HoldsPrograms == true;
        string user = $"map {map.Member}";
        return new NativeInitialValues(
            NameOf(map),
            [.. map.Attribute.Values.Select(v => string.IsNullOrEmpty(v) ? null : holdsPrograms ? ProgramNamed(v, user) : MapNamed(v, user))]);
    }

    private string MapNamed(string name, string user)
    {
        int found = _maps.FindIndex(m => m.Member == name || NameOf(m) == name);
        return found >= 0 ? NameOf(_maps[found]) : throw Wrong($"{user} names map '{name}'; there are {string.Join(", ", _maps.Select(NameOf))}");
    }

    private string ProgramNamed(string name, string user)
    {
        int found = _programs.FindIndex(p => p.Method.Name == name || NameOf(p) == name);
        return found >= 0
            ? NameOf(_programs[found])
            : throw Wrong($"{user} names program '{name}'; there are {string.Join(", ", _programs.Select(NameOf))}");
    }

    private ArgumentException Wrong(string what) => new($"'{module.FullName}' is not a native module: {what}.");
}
