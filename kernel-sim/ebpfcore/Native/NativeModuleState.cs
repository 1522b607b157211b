namespace KernelSim.EbpfCore.Native;

/// <summary>The state of a module: <c>ebpf_native_module_state_t</c>.</summary>
internal enum NativeModuleState
{
    /// <summary>Its driver has attached.</summary>
    Uninitialized,

    /// <summary>Operation 31 is creating a handle of it.</summary>
    Initializing,

    /// <summary>It has a handle; its programs can be loaded.</summary>
    Initialized,

    /// <summary>Operation 32 is creating its maps and programs. If that fails it stays in this state until its handle is closed.</summary>
    Loading,

    /// <summary>Its programs have been created.</summary>
    Loaded,

    /// <summary>It is no longer in use.</summary>
    Unloading,
}
