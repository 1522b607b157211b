using System.Diagnostics;
using System.Reflection;

namespace KernelSim.Tool.CommandLine;

/// <summary>Exceptions of code that is not the tool's own, such as a driver's, in one line.</summary>
internal static class ExceptionText
{
    /// <summary>Type, place and message: <c>InvalidOperationException in EchoDriver.DeviceControl (EchoDriver.cs:12): no device</c>.</summary>
    /// <remarks>The place is the innermost method outside the framework. File and line are there if the code has symbols.</remarks>
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
        StackFrame? frame = new StackTrace(exception, fNeedFileInfo: true).GetFrames()
            .FirstOrDefault(f => f.GetMethod()?.DeclaringType is { } type && !IsOfTheFramework(type));
        if (frame?.GetMethod() is not { } method)
        {
            return "";
        }

        string file = frame.GetFileName() is { } path ? $" ({Path.GetFileName(path)}:{frame.GetFileLineNumber()})" : "";
        return $" in {method.DeclaringType!.Name}.{method.Name}{file}";
    }

    private static bool IsOfTheFramework(Type type) =>
        type.Assembly == typeof(object).Assembly || type.Assembly.GetName().Name?.StartsWith("System.", StringComparison.Ordinal) == true;
}
