#pragma warning disable IDE0130 // The runtime knows the attribute by this name.
namespace System.Runtime.CompilerServices;

/// <summary>
/// On an assembly: its code may use what another assembly keeps to itself. A module's code has it, since it does what the code of the compiler does.
/// </summary>
/// <param name="assemblyName">The name of the other assembly.</param>
[AttributeUsage(AttributeTargets.Assembly, AllowMultiple = true)]
internal sealed class IgnoresAccessChecksToAttribute(string assemblyName) : Attribute
{
    /// <summary>The name of the other assembly.</summary>
    public string AssemblyName { get; } = assemblyName;
}
