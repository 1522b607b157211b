using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;
using System.Reflection;
using System.Runtime.Loader;

namespace KernelSim.LabScripts.Output;

/// <summary>Exceptions of code that is not KernelSim's own, such as a driver's, in one line.</summary>
internal static class ExceptionText
{
    /// <summary>Type, place and message: <c>InvalidOperationException in EchoDriver.DeviceControl (EchoDriver.cs:12): no device</c>.</summary>
    /// <remarks>
    /// The place is the innermost method of code that was loaded from a file of the user's; if there is none, the innermost outside the
    /// framework. File and line are there if the code has symbols.
    /// </remarks>
    public static string Of(Exception exception)
    {
        while (exception is TargetInvocationException or TypeInitializationException && exception.InnerException is { } inner)
        {
            exception = inner;
        }

        return $"{exception.GetType().Name}{Place(exception)}: {exception.Message.ReplaceLineEndings("\n").Split('\n', 2)[0]}";
    }

    private static string Place(Exception exception)
    {
        StackFrame[] frames =
            [.. new StackTrace(exception, fNeedFileInfo: true).GetFrames().Where(f => MethodOf(f)?.DeclaringType is { } t && !IsOfTheFramework(t))];
        if ((frames.FirstOrDefault(f => IsOfTheUser(TypeOf(f))) ?? frames.FirstOrDefault()) is not { } frame)
        {
            return "";
        }

        MethodBase method = MethodOf(frame)!;
        string file = frame.GetFileName() is { } path ? $" ({Path.GetFileName(path)}:{frame.GetFileLineNumber()})" : "";
        return $" in {NameOf(method)}{file}";
    }

    /// <summary>Class and method as the source has them: a lambda and a local function have the name of the method that contains them.</summary>
    private static string NameOf(MethodBase method)
    {
        Type type = method.DeclaringType!;
        while (type.Name.StartsWith('<') && type.DeclaringType is { } outer)
        {
            type = outer;
        }

        string name = method.Name;
        int end = name.StartsWith('<') ? name.IndexOf('>', StringComparison.Ordinal) : -1;
        return $"{type.Name}.{(end > 1 ? name[1..end] : name)}";
    }

    [UnconditionalSuppressMessage("Trimming", "IL2026", Justification = "A method whose metadata was trimmed is none, and is passed over.")]
    private static MethodBase? MethodOf(StackFrame frame) => frame.GetMethod();

    private static Type TypeOf(StackFrame frame) => MethodOf(frame)!.DeclaringType!;

    private static bool IsOfTheUser(Type type) => AssemblyLoadContext.GetLoadContext(type.Assembly) != AssemblyLoadContext.Default;

    private static bool IsOfTheFramework(Type type) =>
        type.Assembly == typeof(object).Assembly || type.Assembly.GetName().Name?.StartsWith("System.", StringComparison.Ordinal) == true;
}
