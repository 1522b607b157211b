using KernelSim.LabScripts.Abi.Linux;
using KernelSim.Protocol;
using KernelSim.UserMode;

namespace KernelSim.LabScripts.Abi;

/// <summary>
/// A rule by which Linux and eBPF for Windows differ by design: one row of <see cref="AbiRuleTable"/>. A rule that decides a call by itself
/// overrides a method; the others are cited by the code that follows them.
/// </summary>
/// <param name="id">Its id: <c>hash.full</c>.</param>
/// <param name="topic">The case in which the systems differ.</param>
/// <param name="linux">What Linux does then.</param>
/// <param name="windows">What eBPF for Windows does then.</param>
internal class AbiRule(string id, string topic, AbiSide linux, AbiSide windows)
{
    /// <summary>Its id: <c>hash.full</c>.</summary>
    public string Id => id;

    /// <summary>The case in which the systems differ.</summary>
    public string Topic => topic;

    /// <summary>What Linux does in it.</summary>
    public AbiSide Linux => linux;

    /// <summary>What eBPF for Windows does in it.</summary>
    public AbiSide Windows => windows;

    /// <summary>Whether a version of the library for eBPF for Windows differs from Linux by this rule.</summary>
    public virtual bool DivergesFrom(LibraryVersion library) => true;

    /// <summary>What Linux refuses the creation of a map with; null if this rule does not.</summary>
    public virtual LinuxErrno? OnCreate(LinuxMapRequest request) => null;

    /// <summary>What Linux answers to a call on an element, before the store is asked; null if this rule does not decide.</summary>
    public virtual LinuxErrno? OnElement(in ElementRequest request) => null;

    /// <summary>What Linux answers where the store refused; null if this rule does not decide.</summary>
    public virtual LinuxErrno? OnFailure(in ElementRequest request, Errno failure) => null;
}
