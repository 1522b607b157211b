using System.Diagnostics.CodeAnalysis;

namespace KernelSim.Debugger.Targets;

/// <summary>
/// A field of a type of the simulator that the debugger reads. Declared once, beside what decodes it; a test compares all of them with the types, so
/// that renaming a field fails there and not at somebody's dump.
/// </summary>
/// <param name="Owner">The type that declares the field, or one derived from it.</param>
/// <param name="Name">The field's name as it is compiled.</param>
internal sealed record KernelField(Type Owner, string Name)
{
    private const string IsKeptWhole = "An application that is trimmed keeps the kernel whole.";

    /// <summary>A field.</summary>
    public static KernelField Of<T>(string name) => new(typeof(T), name);

    /// <summary>A field of a static class.</summary>
    public static KernelField Of(Type owner, string name) => new(owner, name);

    /// <summary>The field that a property with <c>get;</c> is compiled to.</summary>
    public static KernelField Property<T>(string name) => new(typeof(T), BackingOf(name));

    /// <summary>The field that a parameter of a primary constructor is compiled to if methods use it.</summary>
    public static KernelField Parameter<T>(string name) => new(typeof(T), $"<{name}>P");

    /// <summary>A field of a type that is nested in another and private to it.</summary>
    [UnconditionalSuppressMessage("Trimming", "IL2026", Justification = IsKeptWhole)]
    [UnconditionalSuppressMessage("Trimming", "IL2090", Justification = IsKeptWhole)]
    public static KernelField Nested<T>(string type, string name) =>
        new(typeof(T).GetNestedType(type, System.Reflection.BindingFlags.NonPublic | System.Reflection.BindingFlags.Public) ?? typeof(void), name);

    /// <summary>The field that a property of a nested type is compiled to.</summary>
    public static KernelField NestedProperty<T>(string type, string name) => Nested<T>(type, BackingOf(name));

    private static string BackingOf(string property) => $"<{property}>k__BackingField";
}
