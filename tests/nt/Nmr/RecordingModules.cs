using KernelSim.Nt.Ke;
using KernelSim.Nt.Nmr;
using KernelSim.Protocol;

namespace KernelSim.Nt.Tests.Nmr;

/// <summary>A client that says what happens to it and attaches to whomever it is told to.</summary>
internal sealed class RecordingClient(List<string> said, Guid npiId, Guid moduleId, bool wants = true) : NmrClient(npiId, moduleId)
{
    public NtStatus DetachAnswer { get; set; } = NtStatus.Success;

    public NmrBinding? Binding { get; private set; }

    public override NtStatus AttachProvider(KeThread current, NmrBinding binding)
    {
        said.Add("client meets provider");
        Binding = binding;
        return wants ? binding.Attach(current, this, "client's functions") : NtStatus.NotFound;
    }

    public override NtStatus Detach(KeThread current, NmrBinding binding)
    {
        said.Add("client detaches");
        return DetachAnswer;
    }

    public override void CleanUp(NmrBinding binding) => said.Add("client cleans up");
}

/// <summary>A provider that says what happens to it.</summary>
internal sealed class RecordingProvider(List<string> said, Guid npiId, Guid moduleId, NtStatus? answer = null) : NmrProvider(npiId, moduleId)
{
    public NtStatus DetachAnswer { get; set; } = NtStatus.Success;

    public Action? WhileAttaching { get; set; }

    public override NtStatus AttachClient(KeThread current, NmrBinding binding)
    {
        said.Add($"provider gets {binding.ClientDispatch}");
        WhileAttaching?.Invoke();
        binding.ProviderDispatch = "provider's functions";
        return answer ?? NtStatus.Success;
    }

    public override NtStatus Detach(KeThread current, NmrBinding binding)
    {
        said.Add("provider detaches");
        return DetachAnswer;
    }

    public override void CleanUp(NmrBinding binding) => said.Add("provider cleans up");
}
