using System.Diagnostics;

namespace KernelSim.Nt;

/// <summary>Whose code threw an exception: for a debugger, which cannot read an exception's stack from a dump.</summary>
/// <param name="assembly">The simple name of the assembly.</param>
/// <param name="type">The full name of the method's type.</param>
/// <param name="method">The method's name.</param>
internal sealed class ThrowingCode(string assembly, string type, string method)
{
    public readonly string Assembly = assembly;
    public readonly string Type = type;
    public readonly string Method = method;

    /// <summary>The innermost method that is not the framework's; null if the exception has none.</summary>
    public static ThrowingCode? Of(Exception exception)
    {
        foreach (StackFrame frame in new StackTrace(exception, fNeedFileInfo: false).GetFrames())
        {
            if (DiagnosticMethodInfo.Create(frame) is { DeclaringAssemblyName: { } full, DeclaringTypeName: { } type } method
                && full.Split(',')[0] is var assembly && !IsOfTheFramework(assembly))
            {
                return new ThrowingCode(assembly, type, method.Name);
            }
        }

        return null;
    }

    private static bool IsOfTheFramework(string assembly) =>
        assembly == typeof(object).Assembly.GetName().Name || assembly.StartsWith("System.", StringComparison.Ordinal);
}
