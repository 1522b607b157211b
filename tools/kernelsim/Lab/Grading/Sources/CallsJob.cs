using System.Globalization;
using System.Reflection;
using System.Text.Json;
using KernelSim.Tool.Lab.Grading.Hosting;

namespace KernelSim.Tool.Lab.Grading.Sources;

/// <summary>Calls of one method of a student's.</summary>
/// <param name="Library">Full path of the library.</param>
/// <param name="Class">Its public class.</param>
/// <param name="Method">The class's public static method.</param>
/// <param name="Calls">The arguments of each call.</param>
internal sealed record CallsInput(string Library, string Class, string Method, IReadOnlyList<IReadOnlyList<JsonElement>> Calls);

/// <summary>What the calls returned: claims of the student's code, for the judge to compare.</summary>
/// <param name="Values">A text for each call: digits of a number, <c>True</c> or <c>False</c>, or the exception that it threw.</param>
internal sealed record MethodValues(IReadOnlyList<string> Values);

/// <summary>Calls a method that the student wrote. The right answers are not in the process.</summary>
internal sealed class CallsJob : HostJob<CallsInput, MethodValues>
{
    /// <inheritdoc/>
    public override string Name => "calls";

    /// <inheritdoc/>
    public override bool RunsForeignCode => true;

    /// <inheritdoc/>
    protected override MethodValues Run(CallsInput input) => Execute(input);

    /// <summary>Makes the calls in this process.</summary>
    public static MethodValues Execute(CallsInput input)
    {
        Assembly assembly = SubmittedLibrary.Load(input.Library);
        MethodInfo method = assembly.GetType(input.Class)?.GetMethod(input.Method, BindingFlags.Public | BindingFlags.Static)
            ?? throw new InvalidDataException($"there is no public static method {input.Class}.{input.Method}");
        ParameterInfo[] parameters = method.GetParameters();
        return new MethodValues([.. input.Calls.Select(call => Call(method, parameters, call))]);
    }

    private static string Call(MethodInfo method, ParameterInfo[] parameters, IReadOnlyList<JsonElement> call)
    {
        if (parameters.Length != call.Count)
        {
            throw new InvalidDataException($"{method.Name} has {parameters.Length} parameters, expected {call.Count} as it was");
        }

        object?[] arguments = [.. parameters.Zip(call, (p, a) => a.Deserialize(p.ParameterType))];
        try
        {
            return Convert.ToString(method.Invoke(null, arguments), CultureInfo.InvariantCulture) ?? "";
        }
        catch (TargetInvocationException e)
        {
            return ExceptionText.Of(e);
        }
    }
}
