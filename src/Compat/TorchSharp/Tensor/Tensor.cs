using TorchSharp.Engine;

namespace TorchSharp;

public static partial class torch
{
    /// <summary>A handle on an n-dimensional array. Several handles may be on the same array; its memory goes back with the last one.</summary>
    public partial class Tensor : IDisposable
    {
        private TensorCore? core;

        internal Tensor(TensorCore core)
        {
            this.core = core;
            DisposeScope.Current?.Add(this);
        }

        /// <summary>The array behind the handle.</summary>
        /// <exception cref="InvalidOperationException">The handle was disposed of.</exception>
        internal TensorCore Core => core ?? throw new InvalidOperationException("Tensor invalid -- empty handle.");

        internal DisposeScope? OwningDisposeScope { get; set; }

        internal int IndexInScope { get; set; }

        /// <summary>True after Dispose.</summary>
        public bool IsInvalid => core is null;

        /// <summary>Identifies the array, not the handle: two handles on one array have the same.</summary>
        public IntPtr Handle => (IntPtr)Core.Id;

        public ScalarType dtype => Core.Type;

        /// <summary>Sizes of the dimensions; a copy.</summary>
        public long[] shape => Core.Shape.Length == 0 ? Shapes.Scalar : (long[])Core.Shape.Clone();

        public Device device => CPU;

        public DeviceType device_type => DeviceType.CPU;

        public int device_index => -1;

        public bool is_cuda => false;

        public bool is_meta => false;

        public bool is_sparse => false;

        public long Dimensions => Core.Shape.Length;

        public long ndim => Core.Shape.Length;

        public long NumberOfElements => Core.Count;

        public long ElementSize => Types.Size(Core.Type);

        /// <summary>An optional name, for the reader alone.</summary>
        public string? name { get; set; }

        public Tensor T
        {
            get
            {
                var order = new long[Core.Shape.Length];
                for (int d = 0; d < order.Length; d++) order[d] = order.Length - 1 - d;
                return permute(order);
            }
        }

        public Tensor mT => transpose(-2, -1);

        public long dim() => Core.Shape.Length;

        public long numel() => Core.Count;

        public long element_size() => ElementSize;

        public long[] size() => shape;

        public long size(int dim) => Core.Shape.Length == 0 ? throw TorchError.Native("Dimension specified as 0 but tensor has no dimensions") : Core.Shape[Shapes.Dim(dim, Core.Shape.Length)];

        public long[] stride() => (long[])Core.Strides.Clone();

        public long stride(int dim) => Core.Strides[Shapes.Dim(dim, Core.Shape.Length)];

        public bool is_contiguous() => Core.Contiguous;

        /// <summary>Another handle on the same array.</summary>
        public Tensor alias()
        {
            var result = new Tensor(Core.Detached());
            Tape.Record(result, static (n, g) => n.Send(0, g), this);
            return result;
        }

        /// <summary>Gives the handle up; the array lives as long as another handle or the graph needs it.</summary>
        public void Dispose()
        {
            Dispose(true);
            GC.SuppressFinalize(this);
        }

        protected virtual void Dispose(bool disposing)
        {
            if (core is null || !disposing) return;
            OwningDisposeScope?.Remove(this);
            core.Release();
            core = null;
        }

        /// <summary>Lets the tensor live on after its scope.</summary>
        public Tensor DetachFromDisposeScope()
        {
            OwningDisposeScope?.Remove(this);
            return this;
        }

        /// <summary>Hands the tensor over to the scope around its own.</summary>
        public Tensor MoveToOuterDisposeScope()
        {
            OwningDisposeScope?.MoveToOuter(this);
            return this;
        }

        public Tensor MoveToOtherDisposeScope(Tensor other) => MoveToOtherDisposeScope(other.OwningDisposeScope);

        public Tensor MoveToOtherDisposeScope(DisposeScope? other)
        {
            if (OwningDisposeScope is null) other?.Attach(this);
            else OwningDisposeScope.MoveToOther(other, this);
            return this;
        }

        public Tensor cpu() => this;

        public override string ToString() => TensorText.Of(this);

        public override bool Equals(object? obj) => obj is Tensor other && core is not null && core == other.core;

        public override int GetHashCode() => core?.GetHashCode() ?? 0;

        /// <summary>Puts another array behind this handle: what Module.to does with its parameters.</summary>
        internal void Replace(TensorCore replacement)
        {
            TensorCore old = Core;
            core = replacement;
            old.Release();
        }
    }
}
