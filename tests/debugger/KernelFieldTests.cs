using System.Reflection;
using KernelSim.Debugger.Targets;

namespace KernelSim.Debugger.Tests;

public class KernelFieldTests
{
    private const BindingFlags All =
        BindingFlags.Instance | BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly;

    private static readonly KernelField[] s_fields =
    [
        .. typeof(KernelField).Assembly.GetTypes()
            .Where(t => !t.ContainsGenericParameters)
            .SelectMany(t => t.GetFields(All))
            .Where(f => f.IsStatic && f.FieldType == typeof(KernelField))
            .Select(f => (KernelField)f.GetValue(null)!),
    ];

    [Fact]
    public void Each_field_that_the_debugger_reads_exists()
    {
        Assert.True(s_fields.Length > 100, $"{s_fields.Length} fields are declared");
        Assert.Empty(s_fields.Where(f => !Exists(f)).Select(f => $"{f.Owner.FullName} has no field {f.Name}"));
    }

    private static bool Exists(KernelField field)
    {
        for (Type? at = field.Owner; at is not null; at = at.BaseType)
        {
            if (at.GetField(field.Name, All) is not null)
            {
                return true;
            }
        }

        return false;
    }
}
