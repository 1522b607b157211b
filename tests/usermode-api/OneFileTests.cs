using System.Reflection;
using System.Text.RegularExpressions;
using KernelSim.Protocol;
using KernelSim.UserMode.Tests.Support;

namespace KernelSim.UserMode.Tests;

/// <summary>What a new library call or a new typed map consists of is in one file.</summary>
public sealed partial class OneFileTests
{
    private const BindingFlags Methods = BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly;

    private static readonly string s_library = Repository.PathOf("usermode-api", "Libbpf");
    private static readonly string s_maps = Repository.PathOf("usermode-api", "Typed", "Maps");

    private static Type[] MapClasses =>
        [.. typeof(BpfMap).Assembly.GetExportedTypes().Where(t => t.IsSubclassOf(typeof(BpfMap)) && !t.IsAbstract)];

    [Fact]
    public void Each_library_call_is_in_one_file_with_the_function_that_runs_it()
    {
        int calls = 0;
        foreach (string file in Directory.EnumerateFiles(s_library, "*.cs", SearchOption.AllDirectories))
        {
            string text = File.ReadAllText(file);
            foreach (Match call in CallStruct().Matches(text))
            {
                calls++;
                string name = call.Groups[1].Value;
                Assert.True(Path.GetFileNameWithoutExtension(file) == name, $"{name} is in {file}, expected {name}.cs");
                string function = LibraryPart().Match(text).Value;
                Assert.True(
                    Regex.IsMatch(function, $@"\b(new |default\(){name}\b|\b{name} \w+ = new\("),
                    $"{file} has no function of Libbpf that runs {name}");
            }
        }

        Assert.InRange(calls, 40, 100);
    }

    [Fact]
    public void Each_map_class_is_in_one_file_with_the_methods_that_create_and_open_it()
    {
        Assert.InRange(MapClasses.Length, 15, 40);
        foreach (string name in MapClasses.Select(NameOf))
        {
            string file = Path.Combine(s_maps, $"{name}.cs");
            Assert.True(File.Exists(file), $"{name} is not in {file}");
            string text = File.ReadAllText(file);
            foreach (string method in (string[])[$"Create{name}", $"Open{name}"])
            {
                Assert.True(typeof(BpfSession).GetMethods(Methods).Any(m => m.Name == method), $"BpfSession has no {method}");
                Assert.True(Regex.IsMatch(text, $@"^    public \S+(, \S+)* {method}[<(]", RegexOptions.Multiline), $"{file} has no {method}");
            }
        }
    }

    [Fact]
    public void Each_map_type_has_a_class()
    {
        using Lab lab = new(cpus: 2);
        using BpfSession session = new(lab.Process.Gate);
        using HashMap<uint, uint> template = session.CreateHashMap<uint, uint>("template", 4);
        HashSet<BpfMapType> types = [];
        foreach (MethodInfo create in typeof(BpfSession).GetMethods(Methods).Where(IsCreate))
        {
            MethodInfo method = create.IsGenericMethod
                ? create.MakeGenericMethod([.. create.GetGenericArguments().Select(_ => typeof(uint))])
                : create;
            object[] arguments = [.. method.GetParameters().Select(p => ArgumentOf(p, template))];
            using BpfMap map = (BpfMap)method.Invoke(session, arguments)!;
            Assert.True(types.Add(map.Type), $"{create.Name} creates {map.Type}, as another method does");
            Assert.Equal(create.Name["Create".Length..], NameOf(map.GetType()));
        }

        Assert.Equal(Ordinary().Order(), types.Order());
    }

    private static bool IsCreate(MethodInfo method) =>
        method.Name.StartsWith("Create", StringComparison.Ordinal) && method.Name != nameof(BpfSession.CreateCustomMap);

    private static object ArgumentOf(ParameterInfo parameter, BpfMap template) =>
        parameter.ParameterType == typeof(string) ? "map"
        : parameter.ParameterType == typeof(BpfMap) ? template
        : 4096u;

    private static IEnumerable<BpfMapType> Ordinary() =>
        MapTypeTable.All.ToArray().Where(row => !row.IsCustom && row.Type != BpfMapType.Unspec).Select(row => row.Type);

    private static string NameOf(Type map) => map.Name.Split('`')[0];

    [GeneratedRegex(@"^internal (?:readonly )?(?:ref )?struct (\w+)(?:\((?:[^()]|\([^()]*\))*\))? : I(?:Library|Batch)Call", RegexOptions.Multiline)]
    private static partial Regex CallStruct();

    [GeneratedRegex(@"^public sealed partial class Libbpf\n\{.*?^\}", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex LibraryPart();
}
