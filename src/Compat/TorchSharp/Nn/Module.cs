using System.Reflection;
using TorchSharp.Modules;
using TorchSharp.Utils;

namespace TorchSharp;

public static partial class torch
{
    public static partial class nn
    {
        /// <summary>A part of a network: its parameters, buffers and sub-modules by name.</summary>
        public partial class Module : IDisposable
        {
            protected OrderedDict<string, Module> _internal_submodules = new();
            protected OrderedDict<string, (Tensor, bool)> _internal_buffers = new();
            protected OrderedDict<string, Parameter> _internal_params = new();
            protected string? name;
            private bool registered;

            protected Module(string name) => this.name = name;

            /// <summary>Whether layers that behave differently in training do so. Default true.</summary>
            public virtual bool training { get; private set; } = true;

            public void Dispose()
            {
                Dispose(true);
                GC.SuppressFinalize(this);
            }

            protected virtual void Dispose(bool disposing)
            {
                if (!disposing) return;
                foreach ((string _, Parameter parameter) in _internal_params) parameter.Dispose();
                foreach ((string _, (Tensor buffer, bool _)) in _internal_buffers) buffer.Dispose();
                foreach ((string _, Module module) in _internal_submodules) module.Dispose();
            }

            /// <summary>Calls a function with each sub-module and then with this one.</summary>
            public virtual Module apply(Action<Module> fn)
            {
                foreach ((string _, Module module) in named_children()) module.apply(fn);
                fn(this);
                return this;
            }

            public virtual void train(bool train = true)
            {
                training = train;
                foreach ((string _, Module module) in named_children()) module.train(train);
            }

            public virtual void eval() => train(false);

            /// <summary>Forgets all gradients, or fills them with zeros.</summary>
            public virtual void zero_grad(bool set_to_none = true)
            {
                foreach ((string _, Parameter parameter) in named_parameters())
                {
                    if (set_to_none) parameter.grad = null;
                    else if (parameter.Core.Grad is { } gradient) Engine.Convert.Fill(gradient, 0);
                }
            }

            public virtual string GetName() => name ?? GetType().Name;

            public virtual IEnumerable<(string name, Parameter parameter)> named_parameters(bool recurse = true)
            {
                var seen = new HashSet<Tensor>(ReferenceEqualityComparer.Instance);
                foreach ((string key, Parameter parameter) in _internal_params)
                {
                    if (seen.Add(parameter)) yield return (key, parameter);
                }

                if (!recurse) yield break;
                foreach ((string module, Module child) in _internal_submodules)
                {
                    foreach ((string key, Parameter parameter) in child.named_parameters(true))
                    {
                        if (seen.Add(parameter)) yield return ($"{module}.{key}", parameter);
                    }
                }
            }

            public virtual IEnumerable<Parameter> parameters(bool recurse = true) => named_parameters(recurse).Select(p => p.parameter);

            public virtual IEnumerable<(string name, Tensor buffer)> named_buffers(bool recurse = true, bool include_nonpersistent = true)
            {
                var seen = new HashSet<Tensor>(ReferenceEqualityComparer.Instance);
                foreach ((string key, (Tensor buffer, bool persistent)) in _internal_buffers)
                {
                    if ((persistent || include_nonpersistent) && seen.Add(buffer)) yield return (key, buffer);
                }

                if (!recurse) yield break;
                foreach ((string module, Module child) in _internal_submodules)
                {
                    foreach ((string key, Tensor buffer) in child.named_buffers(true, include_nonpersistent))
                    {
                        if (seen.Add(buffer)) yield return ($"{module}.{key}", buffer);
                    }
                }
            }

            public virtual IEnumerable<Tensor> buffers(bool recurse = true, bool include_nonpersistent = true) => named_buffers(recurse, include_nonpersistent).Select(b => b.buffer);

            public virtual IEnumerable<(string name, Module module)> named_children() => _internal_submodules;

            public virtual IEnumerable<(string name, Module module)> named_modules()
            {
                foreach ((string key, Module module) in named_children()) yield return (key, module);
                foreach ((string key, Module module) in named_children())
                {
                    foreach ((string below, Module child) in module.named_modules()) yield return ($"{key}.{below}", child);
                }
            }

            public virtual IEnumerable<Module> modules() => named_modules().Select(m => m.module);

            public virtual IEnumerable<Module> children() => named_children().Select(m => m.module);

            public virtual bool has_parameter(string target) => named_parameters().Any(p => p.name == target);

            public virtual bool has_buffer(string target) => named_buffers().Any(b => b.name == target);

            public virtual Parameter? get_parameter(string target) => named_parameters().FirstOrDefault(p => p.name == target).parameter;

            public virtual Tensor? get_buffer(string target) => named_buffers().FirstOrDefault(b => b.name == target).buffer;

            /// <summary>Names a tensor that is saved with the module but not trained.</summary>
            public virtual void register_buffer(string name, Tensor tensor, bool persistent = true)
            {
                ArgumentNullException.ThrowIfNull(tensor);
                if (_internal_buffers.ContainsKey(name)) throw new InvalidOperationException($"Tensor {name} is already registered.");
                _internal_buffers.Add(name, (tensor, persistent));
            }

            /// <summary>Names a parameter.</summary>
            /// <exception cref="InvalidOperationException">The name is taken.</exception>
            public virtual void register_parameter(string name, Parameter param)
            {
                ArgumentNullException.ThrowIfNull(param);
                if (!_internal_params.TryAdd(name, param)) throw new InvalidOperationException($"Parameter {name} is already registered.");
            }

            public void add_module(string name, Module module) => register_module(name, module);

            /// <exception cref="ArgumentException">The name is empty or holds a point.</exception>
            /// <exception cref="InvalidOperationException">The name is taken.</exception>
            public virtual void register_module(string name, Module? submodule)
            {
                if (submodule is null)
                {
                    _internal_submodules.Remove(name);
                    return;
                }

                if (name.Contains('.')) throw new ArgumentException($"module name can't contain \".\", got: {name}");
                if (string.IsNullOrEmpty(name)) throw new ArgumentException("module name can't be empty string \"\"");
                if (_internal_submodules.ContainsKey(name)) throw new InvalidOperationException($"Sub-module {name} is already registered.");
                submodule.RegisterComponents();
                _internal_submodules.Add(name, submodule);
            }

            /// <summary>Registers all fields that are modules, parameters or tensors under their names.</summary>
            protected virtual void RegisterComponents()
            {
                if (registered) return;
                registered = true;
                foreach (FieldInfo field in Fields(GetType()))
                {
                    string key = field.ComponentName();
                    if (_internal_submodules.ContainsKey(key) || _internal_params.ContainsKey(key) || _internal_buffers.ContainsKey(key)) continue;
                    object? value = field.GetValue(this);
                    if (value is Module module) register_module(key, module);
                    else if (value is Parameter parameter) register_parameter(key, parameter);
                    else if (value is Tensor tensor) register_buffer(key, tensor);
                }
            }

            protected void ConditionallyRegisterParameter(string name, Parameter? value)
            {
                if (value is null) _internal_params.Remove(name);
                else _internal_params[name] = value;
            }

            protected void ConditionallyRegisterBuffer(string name, Tensor? value, bool persistent = true)
            {
                if (value is null) _internal_buffers.Remove(name);
                else _internal_buffers[name] = (value, persistent);
            }

            protected void ClearModules() => _internal_submodules.clear();

            /// <summary>Converts parameters and buffers of a floating type in place, so that optimizers keep hold of them.</summary>
            protected internal virtual Module _to(ScalarType dtype, bool non_blocking)
            {
                foreach ((string _, Parameter parameter) in named_parameters()) Converted(parameter, dtype);
                foreach ((string _, Tensor buffer) in named_buffers()) Converted(buffer, dtype);
                return this;
            }

            private static void Converted(Tensor tensor, ScalarType dtype)
            {
                if (tensor.dtype == dtype || !Engine.Types.IsFloat(tensor.dtype)) return;
                bool flag = tensor.requires_grad;
                tensor.Replace(Engine.Convert.Dense(tensor.Core, dtype));
                tensor.requires_grad = flag;
            }

            private static IEnumerable<FieldInfo> Fields(Type type)
            {
                var seen = new HashSet<string>();
                for (Type? level = type; level is not null && level != typeof(object); level = level.BaseType)
                {
                    foreach (FieldInfo field in level.GetFields(BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance))
                    {
                        if (seen.Add(field.Name)) yield return field;
                    }
                }
            }
        }
    }
}
