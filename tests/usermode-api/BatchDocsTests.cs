using System.Reflection;
using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace KernelSim.UserMode.Tests;

/// <summary>The doc comment of every batch call states how a value of a per-CPU map is laid out, the errors, and the upstream function.</summary>
public sealed partial class BatchDocsTests
{
    private static readonly Dictionary<string, XElement> s_docs = XDocument
        .Load(Path.ChangeExtension(typeof(Libbpf).Assembly.Location, ".xml")).Descendants("member")
        .ToDictionary(m => m.Attribute("name")!.Value);

    public static TheoryData<string> Calls => [.. Members().Select(m => $"{m.DeclaringType!.Name}.{m.Name}").Distinct()];

    [Fact]
    public void There_are_batch_calls_on_addresses_and_on_spans()
    {
        Assert.Equal(4, Members().Count(m => m.DeclaringType == typeof(Libbpf)));
        Assert.True(Members().Count(m => m.DeclaringType != typeof(Libbpf)) >= 8);
    }

    [Theory]
    [MemberData(nameof(Calls))]
    public void A_batch_call_states_the_rule_of_per_CPU_values(string call)
    {
        foreach (MethodInfo method in Members().Where(m => $"{m.DeclaringType!.Name}.{m.Name}" == call))
        {
            string text = TextOf(method);
            Assert.Contains("Per-CPU rule: ", text, StringComparison.Ordinal);
            if (CarriesPerCpuValues(method))
            {
                Assert.Contains("CPU 0 first", text, StringComparison.Ordinal);
                Assert.Matches(@"EBPF_PAD_8\(.+\) \* libbpf_num_possible_cpus\(\)", text);
            }
        }
    }

    [Theory]
    [MemberData(nameof(Calls))]
    public void A_batch_call_states_its_errors_and_its_upstream_name(string call)
    {
        foreach (MethodInfo method in Members().Where(m => $"{m.DeclaringType!.Name}.{m.Name}" == call))
        {
            string text = $"{method.Name} {TextOf(method)}";
            Assert.Contains("EINVAL", text, StringComparison.Ordinal);
            Assert.Matches("bpf_map_(update|lookup|lookup_and_delete|delete)_batch", text);
        }
    }

    private static bool CarriesPerCpuValues(MethodInfo method) =>
        method.GetParameters().Any(p => p.Name == "values")
        && (method.DeclaringType == typeof(Libbpf) || method.DeclaringType!.Name.Contains("PerCpu", StringComparison.Ordinal));

    private static IEnumerable<MethodInfo> Members() => typeof(Libbpf).Assembly.GetExportedTypes()
        .SelectMany(t => t.GetMethods(BindingFlags.Public | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly))
        .Where(m => !m.IsSpecialName && m.Name.EndsWith("batch", StringComparison.OrdinalIgnoreCase));

    /// <summary>A method's doc comment as one line, that of another method where it is inherited.</summary>
    private static string TextOf(MethodInfo method)
    {
        XElement doc = s_docs.Single(d => d.Key.StartsWith($"M:{method.DeclaringType!.FullName}.{method.Name}(", StringComparison.Ordinal)).Value;
        while (doc.Element("inheritdoc")?.Attribute("cref") is { } cref)
        {
            doc = s_docs[cref.Value];
        }

        return Space().Replace(doc.Value, " ");
    }

    [GeneratedRegex(@"\s+")]
    private static partial Regex Space();
}
